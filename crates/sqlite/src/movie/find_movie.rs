use reelmark_application::ports::{MovieDetailsRecord, MovieRecord};
use rusqlite::{Connection, OptionalExtension};

use super::row::{self, details_columns, movie_columns};
use crate::error::Result;

const FIND: &str = concat!("SELECT ", movie_columns!(), " FROM movies WHERE movies.id = ?1");

const FIND_DETAILS: &str = concat!(
    "SELECT ",
    details_columns!(),
    "
    FROM movies
    JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id
    WHERE movies.id = ?1"
);

pub(super) fn record(connection: &Connection, id: i64) -> Result<Option<MovieRecord>> {
    let mut statement = connection.prepare_cached(FIND)?;
    Ok(statement.query_row([id], row::movie).optional()?)
}

pub(super) fn details(connection: &Connection, id: i64) -> Result<Option<MovieDetailsRecord>> {
    let mut statement = connection.prepare_cached(FIND_DETAILS)?;
    Ok(statement.query_row([id], row::details).optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::EmptyStore;

    #[test]
    fn is_planned_once_for_all_ids() {
        let store = EmptyStore::new();
        for id in 1..10 {
            details(&store.connection, id).unwrap();
        }
        assert_eq!(store.replans(FIND_DETAILS), 0);
    }
}
