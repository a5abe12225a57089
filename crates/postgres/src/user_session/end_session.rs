use crate::error::Result;
use crate::store::PostgresStore;

const ONE: &str = "DELETE FROM sessions WHERE id = $2 AND user_id = $1 RETURNING id";

const BY_TOKEN: &str = "
    DELETE FROM sessions
    WHERE id = (SELECT session_id FROM refresh_tokens WHERE token_hash = $1)
    RETURNING user_id";

const ALL: &str = "
    DELETE FROM sessions
    WHERE user_id = $1 AND id IS DISTINCT FROM $2
    RETURNING id";

pub(super) async fn one(store: &PostgresStore, user_id: i64, session_id: i64) -> Result<bool> {
    let session = store.session().await?;
    let ended = session.query_opt(ONE, &[&user_id, &session_id]).await?;
    Ok(ended.is_some())
}

pub(super) async fn by_token(store: &PostgresStore, token_hash: &str) -> Result<Option<i64>> {
    let session = store.session().await?;
    let ended = session.query_opt(BY_TOKEN, &[&token_hash]).await?;
    ended.map(|row| Ok(row.try_get("user_id")?)).transpose()
}

pub(super) async fn all(store: &PostgresStore, user_id: i64, except: Option<i64>) -> Result<u64> {
    let session = store.session().await?;
    let ended = session.query(ALL, &[&user_id, &except]).await?;
    Ok(ended.len() as u64)
}
