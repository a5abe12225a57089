use reelmark_application::ports::InsertMovie;
use rusqlite::Connection;

use super::insert_movie::store_movies;
use crate::error::Result;

const HAS_MOVIES: &str = "SELECT EXISTS (SELECT 1 FROM movies)";

/// The transaction has the only write lock of the file, so nobody gets in between.
pub(super) fn run(connection: &Connection, movies: &[InsertMovie]) -> Result<usize> {
    let mut statement = connection.prepare_cached(HAS_MOVIES)?;
    if statement.query_one([], |row| row.get(0))? {
        return Ok(0);
    }
    Ok(store_movies(connection, &movies.iter().collect::<Vec<_>>())?.len())
}
