use crate::error::Result;
use crate::store::PostgresStore;

const RATED: &str = "SELECT movie_id FROM ratings WHERE user_id = $1 AND movie_id = ANY ($2)";

pub(super) async fn run(
    store: &PostgresStore,
    user_id: i64,
    movie_ids: Vec<i64>,
) -> Result<Vec<i64>> {
    let session = store.session().await?;
    let rows = session.query(RATED, &[&user_id, &movie_ids]).await?;
    rows.iter().map(|row| Ok(row.try_get("movie_id")?)).collect()
}
