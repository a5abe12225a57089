use crate::error::Result;
use crate::store::PostgresStore;

const FIND: &str = "SELECT id FROM import_sets WHERE name = $1";

const MAKE: &str = "INSERT INTO import_sets (name) VALUES ($1) ON CONFLICT (name) DO NOTHING";

pub(super) async fn find(store: &PostgresStore, name: &str) -> Result<Option<i64>> {
    let session = store.session().await?;
    let set = session.query_opt(FIND, &[&name]).await?;
    set.map(|row| Ok(row.try_get("id")?)).transpose()
}

pub(super) async fn make(store: &PostgresStore, name: &str) -> Result<i64> {
    let session = store.session().await?;
    session.query(MAKE, &[&name]).await?;
    Ok(session.query_one(FIND, &[&name]).await?.try_get("id")?)
}
