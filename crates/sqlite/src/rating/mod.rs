//! Ratings.

pub(crate) mod bring_ratings;
mod find_rating;
pub(crate) mod held_ratings;
mod histogram_of_user;
mod list_ratings_of_movie;
mod list_ratings_of_user;
mod put_rating;
pub(crate) mod remove_rating;
pub(crate) mod row;

use async_trait::async_trait;
use reelmark_application::ports::{
    BroughtOutcome, BroughtRating, ListRatings, MovieRatingRecord, PutOutcome, PutRating,
    RatingReader, RatingRecord, RatingRepository, RepositoryError, UserRatingRecord,
};
use time::OffsetDateTime;

use crate::store::SqliteStore;

/// Keeps the ratings in SQLite.
pub struct SqliteRatingRepository {
    store: SqliteStore,
}

/// Reads ratings from SQLite.
pub struct SqliteRatingReader {
    store: SqliteStore,
}

impl SqliteRatingRepository {
    /// Keeps them in `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

impl SqliteRatingReader {
    /// Reads from `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl RatingRepository for SqliteRatingRepository {
    async fn put(&self, rating: PutRating) -> Result<Option<PutOutcome>, RepositoryError> {
        self.store.write(move |c| put_rating::run(c, &rating)).await
    }

    async fn put_all(
        &self,
        user_id: i64,
        ratings: Vec<BroughtRating>,
        at: OffsetDateTime,
    ) -> Result<Vec<Option<BroughtOutcome>>, RepositoryError> {
        self.store
            .write(move |c| {
                let bring = |rating| bring_ratings::run(c, user_id, rating, at, true);
                let outcome = |rating| Ok(bring(rating)?.map(|brought| brought.outcome));
                ratings.iter().map(outcome).collect()
            })
            .await
    }

    async fn remove(
        &self,
        user_id: i64,
        movie_id: i64,
        at: OffsetDateTime,
    ) -> Result<bool, RepositoryError> {
        self.store.write(move |c| remove_rating::run(c, user_id, movie_id, at)).await
    }
}

#[async_trait]
impl RatingReader for SqliteRatingReader {
    async fn find(
        &self,
        user_id: i64,
        movie_id: i64,
    ) -> Result<Option<RatingRecord>, RepositoryError> {
        self.store.read(|c| find_rating::run(c, user_id, movie_id))
    }

    async fn list_of_movie(
        &self,
        list: ListRatings,
    ) -> Result<Vec<MovieRatingRecord>, RepositoryError> {
        self.store.read_long(move |c| list_ratings_of_movie::run(c, list)).await
    }

    async fn count_of_movie(&self, movie_id: i64) -> Result<u64, RepositoryError> {
        self.store.read_long(move |c| list_ratings_of_movie::count(c, movie_id)).await
    }

    async fn list_of_user(
        &self,
        list: ListRatings,
    ) -> Result<Vec<UserRatingRecord>, RepositoryError> {
        self.store.read_long(move |c| list_ratings_of_user::run(c, list)).await
    }

    async fn histogram_of_user(&self, user_id: i64) -> Result<[i64; 10], RepositoryError> {
        self.store.read_long(move |c| histogram_of_user::run(c, user_id)).await
    }
}
