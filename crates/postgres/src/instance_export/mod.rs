//! All there is, for whoever takes it elsewhere.

use async_trait::async_trait;
use reelmark_application::ports::{
    InstanceExportReader, MovieRecord, RatingRecord, RepositoryError,
};

use crate::error::Result;
use crate::movie::row::{movie, movie_columns};
use crate::rating::row::{rating, rating_columns};
use crate::row::limited;
use crate::store::PostgresStore;

const RATINGS: &str = concat!(
    "SELECT ",
    rating_columns!(),
    "
    FROM ratings AS rating
    WHERE (rating.user_id, rating.movie_id) > ($1, $2)
    ORDER BY rating.user_id, rating.movie_id
    LIMIT $3"
);

const MOVIES: &str = concat!(
    "SELECT ",
    movie_columns!(),
    " FROM movies WHERE movies.id > $1 ORDER BY movies.id LIMIT $2"
);

/// Reads everything from PostgreSQL.
pub struct PostgresInstanceExportReader {
    store: PostgresStore,
}

impl PostgresInstanceExportReader {
    /// Reads from `store`.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl InstanceExportReader for PostgresInstanceExportReader {
    async fn list_all_ratings(
        &self,
        after: (i64, i64),
        limit: usize,
    ) -> std::result::Result<Vec<RatingRecord>, RepositoryError> {
        Ok(ratings(&self.store, after, limit).await?)
    }

    async fn list_all_movies(
        &self,
        after: i64,
        limit: usize,
    ) -> std::result::Result<Vec<MovieRecord>, RepositoryError> {
        Ok(movies(&self.store, after, limit).await?)
    }
}

async fn ratings(
    store: &PostgresStore,
    (user, of): (i64, i64),
    limit: usize,
) -> Result<Vec<RatingRecord>> {
    let session = store.session().await?;
    let rows = session.query(RATINGS, &[&user, &of, &limited(limit)]).await?;
    rows.iter().map(rating).collect()
}

async fn movies(store: &PostgresStore, after: i64, limit: usize) -> Result<Vec<MovieRecord>> {
    let session = store.session().await?;
    let rows = session.query(MOVIES, &[&after, &limited(limit)]).await?;
    rows.iter().map(movie).collect()
}
