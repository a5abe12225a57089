use reelmark_application::ports::MovieNamesRecord;
use tokio_postgres::Row;

use crate::error::Result;

/// The columns of `movies` that [`movie_names`] reads.
macro_rules! movie_names_columns {
    () => {
        "movies.id, movies.title, movies.release_year, movies.imdb_id, movies.tmdb_id,
            movies.movielens_id"
    };
}
pub(super) use movie_names_columns;

pub(super) fn movie_names(row: &Row) -> Result<MovieNamesRecord> {
    Ok(MovieNamesRecord {
        id: row.try_get("id")?,
        title: row.try_get("title")?,
        release_year: row.try_get("release_year")?,
        imdb_id: row.try_get("imdb_id")?,
        tmdb_id: row.try_get("tmdb_id")?,
        movielens_id: row.try_get("movielens_id")?,
    })
}
