use std::collections::HashMap;
use std::slice;

use reelmark_application::ports::UserRecord;
use reelmark_domain::Session;
use time::OffsetDateTime;

use crate::batches::Batched;
use crate::error::Result;
use crate::store::PostgresStore;
use crate::user::row::{self, user_columns};

const FIND: &str = concat!(
    "SELECT session_id, ",
    user_columns!(),
    " FROM (
        SELECT sessions.id AS session_id, user_id
        FROM sessions
        WHERE sessions.id = ANY($1) AND expires_at > $2 AND last_used_at > $3
    ) AS going_on
    JOIN users ON users.id = user_id"
);

/// Looks bearers up in PostgreSQL.
pub(super) struct FindBearers {
    store: PostgresStore,
}

/// Asks for the account of a user, provided the session is theirs and goes on.
pub(super) struct FindBearer {
    pub(super) user_id: i64,
    pub(super) session_id: i64,
    pub(super) now: OffsetDateTime,
}

impl FindBearers {
    pub(super) fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

impl Batched for FindBearers {
    type Call = FindBearer;
    /// The session and the user.
    type Key = (i64, i64);
    type Outcome = Option<UserRecord>;

    fn key(bearer: &FindBearer) -> (i64, i64) {
        (bearer.session_id, bearer.user_id)
    }

    /// Callers of one batch come within moments, so the latest of their times is right for all.
    async fn run(&self, bearers: &[FindBearer]) -> Result<Vec<Option<UserRecord>>> {
        let Some(now) = bearers.iter().map(|bearer| bearer.now).max() else { return Ok(vec![]) };
        let idle_since = Session::idle_since(now);
        let sessions: Vec<i64> = bearers.iter().map(|bearer| bearer.session_id).collect();
        let session = self.store.session_for_batch().await?;
        let rows = session.query(FIND, &[&sessions, &now, &idle_since]).await?;
        let found = rows.iter().map(|row| {
            let (session_id, user) = (row.try_get("session_id")?, row::user(row)?);
            Ok(((session_id, user.id), user))
        });
        let found: HashMap<_, _> = found.collect::<Result<_>>()?;
        Ok(bearers.iter().map(|bearer| found.get(&Self::key(bearer)).cloned()).collect())
    }

    async fn run_alone(&self, bearer: &FindBearer) -> Result<Option<UserRecord>> {
        Ok(self.run(slice::from_ref(bearer)).await?.pop().flatten())
    }
}
