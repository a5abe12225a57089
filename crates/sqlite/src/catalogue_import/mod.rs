//! Movies and ratings that come by the million.

mod begin_ratings;
mod compare_ratings;
mod find_movies;
mod finish_ratings;
mod list_numbers;
mod rests;
mod sets;
mod store_movies;
mod store_ratings;

use async_trait::async_trait;
use reelmark_application::ports::{
    CatalogueImporter, FindImportedMovies, ImportRating, ImportedMovieRecord, MovieChunk,
    RatingChunk, RatingsCheckpoint, RepositoryError, StoredRatings,
};
use time::OffsetDateTime;

use self::rests::Rests;
use crate::store::SqliteStore;

/// Imports into SQLite.
pub struct SqliteCatalogueImporter {
    store: SqliteStore,
    rests: Rests,
}

impl SqliteCatalogueImporter {
    /// Imports into `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store, rests: Rests::default() }
    }
}

#[async_trait]
impl CatalogueImporter for SqliteCatalogueImporter {
    async fn find_set(&self, name: String) -> Result<Option<i64>, RepositoryError> {
        self.store.read(|c| sets::find(c, &name))
    }

    async fn make_set(&self, name: String) -> Result<i64, RepositoryError> {
        self.store.write(move |c| sets::make(c, &name)).await
    }

    async fn find_movies(
        &self,
        wanted: FindImportedMovies,
    ) -> Result<Vec<ImportedMovieRecord>, RepositoryError> {
        self.store.read_long(move |c| find_movies::run(c, &wanted)).await
    }

    async fn store_movies(&self, chunk: MovieChunk) -> Result<(), RepositoryError> {
        self.rests.after(self.store.write(move |c| store_movies::run(c, &chunk))).await
    }

    async fn list_numbers(
        &self,
        set: i64,
        after: i64,
        limit: usize,
    ) -> Result<Vec<(i64, i64)>, RepositoryError> {
        self.store.read_long(move |c| list_numbers::run(c, set, after, limit)).await
    }

    async fn begin_ratings(
        &self,
        set: i64,
        fingerprint: String,
    ) -> Result<RatingsCheckpoint, RepositoryError> {
        self.store.write(move |c| begin_ratings::run(c, set, &fingerprint)).await
    }

    async fn store_ratings(&self, chunk: RatingChunk) -> Result<StoredRatings, RepositoryError> {
        self.rests.after(self.store.write(move |c| store_ratings::run(c, &chunk))).await
    }

    async fn compare_ratings(
        &self,
        set: i64,
        ratings: Vec<ImportRating>,
    ) -> Result<StoredRatings, RepositoryError> {
        self.store.read_long(move |c| compare_ratings::run(c, set, &ratings)).await
    }

    async fn finish_ratings(&self, set: i64, at: OffsetDateTime) -> Result<(), RepositoryError> {
        self.store.write(move |c| finish_ratings::run(c, set, at)).await
    }
}
