use crate::error::Result;
use crate::store::PostgresStore;

const REPLACE: &str = "
    UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2 RETURNING id";

pub(super) async fn run(store: &PostgresStore, id: i64, old: &str, new: &str) -> Result<bool> {
    let session = store.session().await?;
    let replaced = session.query_opt(REPLACE, &[&id, &old, &new]).await?;
    Ok(replaced.is_some())
}
