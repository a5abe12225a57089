use reelmark_application::ports::{FindImportedMovies, ImportedMovieRecord};
use rusqlite::{Connection, Row, params};

use crate::error::Result;
use crate::row::{Cells, Json};

const FIND: &str = "
    SELECT movies.id, numbered.number, movies.title_key, movies.release_year, movies.imdb_id,
        movies.tmdb_id, movies.movielens_id
    FROM (
        SELECT movie_id AS id FROM import_movies
        WHERE set_id = ?1 AND number IN (SELECT value FROM json_each(?2))
        UNION SELECT id FROM movies WHERE imdb_id IN (SELECT value FROM json_each(?3))
        UNION SELECT id FROM movies WHERE tmdb_id IN (SELECT value FROM json_each(?4))
        UNION SELECT id FROM movies WHERE movielens_id IN (SELECT value FROM json_each(?5))
        UNION SELECT value FROM json_each(?6)
    ) AS found
    CROSS JOIN movies ON movies.id = found.id
    LEFT JOIN import_movies AS numbered
        ON numbered.movie_id = movies.id AND numbered.set_id = ?1";

const OF_TITLE: &str = "SELECT id FROM movies WHERE title_key = ?1 ORDER BY id LIMIT 100";

pub(super) fn run(
    connection: &Connection,
    wanted: &FindImportedMovies,
) -> Result<Vec<ImportedMovieRecord>> {
    let of_titles = of_titles(connection, &wanted.title_keys)?;
    let mut statement = connection.prepare_cached(FIND)?;
    let parameters = params![
        wanted.set,
        Json(&wanted.numbers),
        Json(&wanted.imdb),
        Json(&wanted.tmdb),
        Json(&wanted.movielens),
        Json(of_titles),
    ];
    let movies = statement.query_map(parameters, record)?;
    Ok(movies.collect::<rusqlite::Result<_>>()?)
}

fn of_titles(connection: &Connection, keys: &[String]) -> Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(OF_TITLE)?;
    let mut movies = Vec::new();
    for key in keys {
        let found = statement.query_map([key], |row| row.get(0))?;
        for movie in found {
            movies.push(movie?);
        }
    }
    Ok(movies)
}

fn record(row: &Row<'_>) -> rusqlite::Result<ImportedMovieRecord> {
    let mut cells = Cells::of(row);
    Ok(ImportedMovieRecord {
        id: cells.take()?,
        number: cells.take()?,
        title_key: cells.take()?,
        release_year: cells.take()?,
        imdb_id: cells.take()?,
        tmdb_id: cells.take()?,
        movielens_id: cells.take()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::EmptyStore;

    #[test]
    fn movies_are_found_by_indexes() {
        let store = EmptyStore::new();
        let tables = |scan: &String| !scan.contains("json_each") && !scan.contains("found");
        let scans: Vec<String> = store.scans(FIND).into_iter().filter(tables).collect();
        assert_eq!(scans, Vec::<String>::new());
        assert_eq!(store.scans(OF_TITLE), Vec::<String>::new());
    }
}
