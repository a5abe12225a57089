use reelmark_application::ports::UserRecord;

use super::row::{self, user_columns};
use crate::error::Result;
use crate::store::PostgresStore;

const SET_STATUS: &str = concat!(
    "UPDATE users SET status = $2, version = version + 1 WHERE username_key = $1 RETURNING ",
    user_columns!()
);

/// A statement of its own, so that it sees the sessions that the lock on the user waited for.
const END_SESSIONS: &str = "
    DELETE FROM sessions USING users
    WHERE users.username_key = $1 AND users.status <> 'active' AND user_id = users.id";

pub(super) async fn run(
    store: &PostgresStore,
    username_key: &str,
    status: &str,
) -> Result<Option<UserRecord>> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    let updated = transaction.query_opt(SET_STATUS, &[&username_key, &status]).await?;
    transaction.query(END_SESSIONS, &[&username_key]).await?;
    transaction.commit().await?;
    updated.as_ref().map(row::user).transpose()
}
