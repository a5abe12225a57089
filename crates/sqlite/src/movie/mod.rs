//! Movies.

mod count_movies;
mod filter;
mod find_movie;
mod insert_into_empty;
mod insert_movie;
mod list_by_relevance;
mod list_candidates;
mod list_movies;
mod list_sorted;
pub(crate) mod reindex;
mod remove_movie;
mod row;
mod search;
mod update_movie;
pub(crate) mod words;

use async_trait::async_trait;
use reelmark_application::ports::{
    CandidateQuery, InsertMovie, ListedMovieRecord, MovieCandidateRecord, MovieDetailsRecord,
    MovieFilter, MovieReader, MovieRecord, MovieRepository, RepositoryError, UpdateMovie,
};
use time::OffsetDateTime;

use crate::store::SqliteStore;

/// Keeps the movies in SQLite.
pub struct SqliteMovieRepository {
    store: SqliteStore,
}

/// Reads movies from SQLite.
pub struct SqliteMovieReader {
    store: SqliteStore,
}

impl SqliteMovieRepository {
    /// Keeps them in `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

impl SqliteMovieReader {
    /// Reads from `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl MovieRepository for SqliteMovieRepository {
    async fn insert(&self, movie: InsertMovie) -> Result<MovieRecord, RepositoryError> {
        self.store.write(move |c| insert_movie::run(c, &movie)).await
    }

    async fn insert_into_empty(&self, movies: Vec<InsertMovie>) -> Result<usize, RepositoryError> {
        self.store.write(move |c| insert_into_empty::run(c, &movies)).await
    }

    async fn find(&self, id: i64) -> Result<Option<MovieRecord>, RepositoryError> {
        self.store.read(|c| find_movie::record(c, id))
    }

    async fn update(&self, movie: UpdateMovie) -> Result<Option<MovieRecord>, RepositoryError> {
        self.store.write(move |c| update_movie::run(c, &movie)).await
    }

    async fn remove(&self, id: i64, at: OffsetDateTime) -> Result<bool, RepositoryError> {
        self.store.write(move |c| remove_movie::run(c, id, at)).await
    }
}

#[async_trait]
impl MovieReader for SqliteMovieReader {
    async fn find(&self, id: i64) -> Result<Option<MovieDetailsRecord>, RepositoryError> {
        self.store.read(|c| find_movie::details(c, id))
    }

    async fn list(&self, filter: MovieFilter) -> Result<Vec<ListedMovieRecord>, RepositoryError> {
        self.store.read_long(move |c| list_movies::run(c, &filter)).await
    }

    async fn count(&self, filter: MovieFilter) -> Result<u64, RepositoryError> {
        self.store.read_long(move |c| count_movies::run(c, &filter)).await
    }
    async fn list_candidates(
        &self,
        wanted: Vec<CandidateQuery>,
    ) -> Result<Vec<MovieCandidateRecord>, RepositoryError> {
        self.store.read_long(move |c| list_candidates::run(c, &wanted)).await
    }
}
