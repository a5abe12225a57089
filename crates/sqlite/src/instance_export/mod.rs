//! All there is, for whoever takes it elsewhere.

use async_trait::async_trait;
use reelmark_application::ports::{
    InstanceExportReader, MovieRecord, RatingRecord, RepositoryError,
};
use rusqlite::{Connection, params};

use crate::error::Result;
use crate::movie::row::{movie, movie_columns};
use crate::rating::row::rating;
use crate::store::SqliteStore;

const RATINGS: &str = "
    SELECT user_id, movie_id, score, review, version, created_at, updated_at
    FROM ratings
    WHERE (user_id, movie_id) > (?1, ?2)
    ORDER BY user_id, movie_id
    LIMIT ?3";

const MOVIES: &str = concat!(
    "SELECT ",
    movie_columns!(),
    " FROM movies WHERE movies.id > ?1 ORDER BY movies.id LIMIT ?2"
);

/// Reads everything from SQLite.
pub struct SqliteInstanceExportReader {
    store: SqliteStore,
}

impl SqliteInstanceExportReader {
    /// Reads from `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl InstanceExportReader for SqliteInstanceExportReader {
    async fn list_all_ratings(
        &self,
        after: (i64, i64),
        limit: usize,
    ) -> std::result::Result<Vec<RatingRecord>, RepositoryError> {
        self.store.read_long(move |c| ratings(c, after, limit)).await
    }

    async fn list_all_movies(
        &self,
        after: i64,
        limit: usize,
    ) -> std::result::Result<Vec<MovieRecord>, RepositoryError> {
        self.store.read_long(move |c| movies(c, after, limit)).await
    }
}

fn ratings(connection: &Connection, after: (i64, i64), limit: usize) -> Result<Vec<RatingRecord>> {
    let mut statement = connection.prepare_cached(RATINGS)?;
    let ratings = statement.query_map(params![after.0, after.1, limit], rating)?;
    Ok(ratings.collect::<rusqlite::Result<_>>()?)
}

fn movies(connection: &Connection, after: i64, limit: usize) -> Result<Vec<MovieRecord>> {
    let mut statement = connection.prepare_cached(MOVIES)?;
    let movies = statement.query_map(params![after, limit], movie)?;
    Ok(movies.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{EmptyStore, follows_index};

    #[test]
    fn a_page_enters_the_table_where_it_starts() {
        let plan = EmptyStore::new().plan(RATINGS);
        let entry = "((user_id,movie_id)>(?,?))";
        assert!(follows_index(&plan, entry), "{plan:#?}");
    }
}
