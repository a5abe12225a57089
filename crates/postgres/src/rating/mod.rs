//! Ratings.

pub(crate) mod bring_ratings;
mod find_rating;
pub(crate) mod held_ratings;
mod histogram_of_user;
mod list_ratings_of_movie;
mod list_ratings_of_user;
mod put_rating;
mod put_ratings;
mod remove_rating;
pub(crate) mod row;

use async_trait::async_trait;
use reelmark_application::ports::{
    BroughtOutcome, BroughtRating, ListRatings, MovieRatingRecord, PutOutcome, PutRating,
    RatingReader, RatingRecord, RatingRepository, RepositoryError, UserRatingRecord,
};
use time::OffsetDateTime;

use self::put_ratings::PutRatings;
use crate::batches::Batches;
use crate::store::PostgresStore;

/// Keeps the ratings in PostgreSQL. Those that come at the same time are committed together.
pub struct PostgresRatingRepository {
    store: PostgresStore,
    puts: Batches<PutRatings>,
}

/// Reads ratings from PostgreSQL.
pub struct PostgresRatingReader {
    store: PostgresStore,
}

impl PostgresRatingRepository {
    /// Keeps them in `store`.
    pub fn new(store: PostgresStore) -> Self {
        let puts = Batches::new(PutRatings::new(store.clone()), store.runtime().clone());
        Self { store, puts }
    }
}

impl PostgresRatingReader {
    /// Reads them from `store`, which may be a replica.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl RatingRepository for PostgresRatingRepository {
    async fn put(&self, rating: PutRating) -> Result<Option<PutOutcome>, RepositoryError> {
        self.puts.run(rating).await
    }

    async fn put_all(
        &self,
        user_id: i64,
        ratings: Vec<BroughtRating>,
        at: OffsetDateTime,
    ) -> Result<Vec<Option<BroughtOutcome>>, RepositoryError> {
        Ok(bring_ratings::run(&self.store, user_id, &ratings, at).await?)
    }

    async fn remove(
        &self,
        user_id: i64,
        movie_id: i64,
        at: OffsetDateTime,
    ) -> Result<bool, RepositoryError> {
        Ok(remove_rating::run(&self.store, user_id, movie_id, at).await?)
    }
}

#[async_trait]
impl RatingReader for PostgresRatingReader {
    async fn find(
        &self,
        user_id: i64,
        movie_id: i64,
    ) -> Result<Option<RatingRecord>, RepositoryError> {
        Ok(find_rating::run(&self.store, user_id, movie_id).await?)
    }

    async fn list_of_movie(
        &self,
        list: ListRatings,
    ) -> Result<Vec<MovieRatingRecord>, RepositoryError> {
        Ok(list_ratings_of_movie::run(&self.store, list).await?)
    }

    async fn count_of_movie(&self, movie_id: i64) -> Result<u64, RepositoryError> {
        Ok(list_ratings_of_movie::count(&self.store, movie_id).await?)
    }

    async fn list_of_user(
        &self,
        list: ListRatings,
    ) -> Result<Vec<UserRatingRecord>, RepositoryError> {
        Ok(list_ratings_of_user::run(&self.store, list).await?)
    }

    async fn histogram_of_user(&self, user_id: i64) -> Result<[i64; 10], RepositoryError> {
        Ok(histogram_of_user::run(&self.store, user_id).await?)
    }
}
