use reelmark_application::ports::{InsertUser, UserRecord};

use super::insert_user::{INSERT, parameters};
use super::row;
use crate::error::Result;
use crate::store::PostgresStore;

/// Accounts that stand for imported raters are nobody's.
const EXISTS: &str = "
    SELECT EXISTS (
        SELECT FROM users
        WHERE NOT EXISTS (SELECT FROM import_raters WHERE user_id = users.id)
    ) AS found";

/// Keeps out all other writers, and readers not at all.
const LOCK: &str = "LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE";

/// Looks twice, so that a start on a store with accounts, which is nearly every start, doesn't make
/// their writers wait for the lock.
pub(super) async fn run(store: &PostgresStore, user: InsertUser) -> Result<Option<UserRecord>> {
    let mut session = store.session().await?;
    if session.query_one(EXISTS, &[]).await?.try_get("found")? {
        return Ok(None);
    }
    let transaction = session.begin().await?;
    transaction.query(LOCK, &[]).await?;
    if transaction.query_one(EXISTS, &[]).await?.try_get("found")? {
        return Ok(None);
    }
    let inserted = transaction.query_one(INSERT, &parameters(&user)).await?;
    transaction.commit().await?;
    row::user(&inserted).map(Some)
}
