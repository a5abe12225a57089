//! Movies and ratings that come by the million.

mod begin_ratings;
mod compare_ratings;
mod find_movies;
mod finish_ratings;
mod list_numbers;
mod sets;
mod store_movies;
mod store_ratings;

use async_trait::async_trait;
use reelmark_application::ports::{
    CatalogueImporter, FindImportedMovies, ImportRating, ImportedMovieRecord, MovieChunk,
    RatingChunk, RatingsCheckpoint, RepositoryError, StoredRatings,
};
use time::OffsetDateTime;

use crate::store::PostgresStore;

/// Imports into PostgreSQL.
pub struct PostgresCatalogueImporter {
    store: PostgresStore,
}

impl PostgresCatalogueImporter {
    /// Imports into `store`, whose statements should be allowed some minutes.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl CatalogueImporter for PostgresCatalogueImporter {
    async fn find_set(&self, name: String) -> Result<Option<i64>, RepositoryError> {
        Ok(sets::find(&self.store, &name).await?)
    }

    async fn make_set(&self, name: String) -> Result<i64, RepositoryError> {
        Ok(sets::make(&self.store, &name).await?)
    }

    async fn find_movies(
        &self,
        wanted: FindImportedMovies,
    ) -> Result<Vec<ImportedMovieRecord>, RepositoryError> {
        Ok(find_movies::run(&self.store, &wanted).await?)
    }

    async fn store_movies(&self, chunk: MovieChunk) -> Result<(), RepositoryError> {
        Ok(store_movies::run(&self.store, &chunk).await?)
    }

    async fn list_numbers(
        &self,
        set: i64,
        after: i64,
        limit: usize,
    ) -> Result<Vec<(i64, i64)>, RepositoryError> {
        Ok(list_numbers::run(&self.store, set, after, limit).await?)
    }

    async fn begin_ratings(
        &self,
        set: i64,
        fingerprint: String,
    ) -> Result<RatingsCheckpoint, RepositoryError> {
        Ok(begin_ratings::run(&self.store, set, &fingerprint).await?)
    }

    async fn store_ratings(&self, chunk: RatingChunk) -> Result<StoredRatings, RepositoryError> {
        Ok(store_ratings::run(&self.store, &chunk).await?)
    }

    async fn compare_ratings(
        &self,
        set: i64,
        ratings: Vec<ImportRating>,
    ) -> Result<StoredRatings, RepositoryError> {
        Ok(compare_ratings::run(&self.store, set, &ratings).await?)
    }

    async fn finish_ratings(&self, set: i64, at: OffsetDateTime) -> Result<(), RepositoryError> {
        Ok(finish_ratings::run(&self.store, set, at).await?)
    }
}
