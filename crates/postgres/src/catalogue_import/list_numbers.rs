use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

const LIST: &str = "
    SELECT number, movie_id FROM import_movies
    WHERE set_id = $1 AND number > $2
    ORDER BY number
    LIMIT $3";

pub(super) async fn run(
    store: &PostgresStore,
    set: i64,
    after: i64,
    limit: usize,
) -> Result<Vec<(i64, i64)>> {
    let session = store.session().await?;
    let numbers = session.query(LIST, &[&set, &after, &limited(limit)]).await?;
    numbers.iter().map(|row| Ok((row.try_get("number")?, row.try_get("movie_id")?))).collect()
}
