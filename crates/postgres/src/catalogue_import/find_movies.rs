use reelmark_application::ports::{FindImportedMovies, ImportedMovieRecord};
use tokio_postgres::Row;

use crate::error::Result;
use crate::store::PostgresStore;

const FIND: &str = "
    WITH found AS (
        SELECT movie_id AS id FROM import_movies WHERE set_id = $1 AND number = ANY ($2)
        UNION SELECT id FROM movies WHERE imdb_id = ANY ($3)
        UNION SELECT id FROM movies WHERE tmdb_id = ANY ($4)
        UNION SELECT id FROM movies WHERE movielens_id = ANY ($5)
        UNION
        SELECT titled.id
        FROM unnest($6::text[]) AS wanted (title_key)
        CROSS JOIN LATERAL (
            SELECT id FROM movies
            WHERE movies.title_key = wanted.title_key
            ORDER BY id
            LIMIT 100
        ) AS titled
    )
    SELECT movies.id, numbered.number, movies.title_key, movies.release_year, movies.imdb_id,
        movies.tmdb_id, movies.movielens_id
    FROM movies
    LEFT JOIN import_movies AS numbered
        ON numbered.movie_id = movies.id AND numbered.set_id = $1
    WHERE movies.id = ANY (ARRAY(SELECT id FROM found))";

pub(super) async fn run(
    store: &PostgresStore,
    wanted: &FindImportedMovies,
) -> Result<Vec<ImportedMovieRecord>> {
    let FindImportedMovies { set, numbers, imdb, tmdb, movielens, title_keys } = wanted;
    let session = store.session().await?;
    let found = session.query(FIND, &[set, numbers, imdb, tmdb, movielens, title_keys]).await?;
    found.iter().map(record).collect()
}

fn record(row: &Row) -> Result<ImportedMovieRecord> {
    Ok(ImportedMovieRecord {
        id: row.try_get("id")?,
        number: row.try_get("number")?,
        title_key: row.try_get("title_key")?,
        release_year: row.try_get("release_year")?,
        imdb_id: row.try_get("imdb_id")?,
        tmdb_id: row.try_get("tmdb_id")?,
        movielens_id: row.try_get("movielens_id")?,
    })
}
