use reelmark_application::ports::{RoleOutcome, SetRole};

use super::is_last_admin;
use super::row::{self, user_columns};
use crate::error::Result;
use crate::store::PostgresStore;

const FIND: &str = "SELECT id FROM users WHERE username_key = $1";

const SET_ROLE: &str = concat!(
    "UPDATE users SET role = $2, version = version + 1 WHERE id = $1 RETURNING ",
    user_columns!()
);

pub(super) async fn run(store: &PostgresStore, set: &SetRole) -> Result<RoleOutcome> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    let Some(found) = transaction.query_opt(FIND, &[&set.username_key]).await? else {
        return Ok(RoleOutcome::NotFound);
    };
    let id: i64 = found.try_get("id")?;
    let takes_admin = set.keep_an_admin && set.role != "admin";
    if takes_admin && is_last_admin::run(&transaction, id).await? {
        return Ok(RoleOutcome::LastAdmin);
    }
    let updated = transaction.query_opt(SET_ROLE, &[&id, &set.role]).await?;
    transaction.commit().await?;
    let updated = updated.as_ref().map(row::user).transpose()?;
    Ok(updated.map_or(RoleOutcome::NotFound, RoleOutcome::Given))
}
