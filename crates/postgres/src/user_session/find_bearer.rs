use reelmark_application::ports::UserRecord;
use reelmark_domain::Session;
use time::OffsetDateTime;

use crate::error::Result;
use crate::store::PostgresStore;
use crate::user::row::{self, user_columns};

const FIND: &str = concat!(
    "SELECT ",
    user_columns!(),
    " FROM users
    WHERE id = $1 AND EXISTS (
        SELECT FROM sessions
        WHERE sessions.id = $2 AND user_id = $1 AND expires_at > $3 AND last_used_at > $4
    )"
);

pub(super) async fn run(
    store: &PostgresStore,
    user_id: i64,
    session_id: i64,
    now: OffsetDateTime,
) -> Result<Option<UserRecord>> {
    let idle_since = Session::idle_since(now);
    let session = store.session().await?;
    let found = session.query_opt(FIND, &[&user_id, &session_id, &now, &idle_since]).await?;
    found.as_ref().map(row::user).transpose()
}
