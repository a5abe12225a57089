use reelmark_application::ports::{AddedMovieRecord, ListAddedMovies};
use tokio_postgres::Row;

use super::row::{movie_names, movie_names_columns};
use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

const LIST: &str = concat!(
    "SELECT movies.created_at, ",
    movie_names_columns!(),
    " FROM movies WHERE movies.added_by = $1 AND movies.id > $2 ORDER BY movies.id LIMIT $3"
);

pub(super) async fn run(
    store: &PostgresStore,
    list: ListAddedMovies,
) -> Result<Vec<AddedMovieRecord>> {
    let session = store.session().await?;
    let (after, limit) = (list.after.unwrap_or(0), limited(list.limit));
    let rows = session.query(LIST, &[&list.added_by, &after, &limit]).await?;
    rows.iter().map(added).collect()
}

fn added(row: &Row) -> Result<AddedMovieRecord> {
    Ok(AddedMovieRecord { movie: movie_names(row)?, created_at: row.try_get("created_at")? })
}
