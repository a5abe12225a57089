use crate::error::Result;
use crate::store::PostgresStore;

const COUNT: &str = "SELECT count(*) AS letters FROM dead_letters";

pub(super) async fn run(store: &PostgresStore) -> Result<u64> {
    let session = store.session().await?;
    let count: i64 = session.query_one(COUNT, &[]).await?.try_get("letters")?;
    Ok(count.unsigned_abs())
}
