//! Movies.

mod count_movies;
mod facts;
mod filter;
mod find_movie;
mod insert_into_empty;
mod insert_movie;
pub(crate) mod insert_movies;
mod list_by_relevance;
mod list_candidates;
mod list_genres;
mod list_movies;
mod list_sorted;
pub(crate) mod reindex;
mod remove_movie;
pub(crate) mod row;
mod search;
mod suggest;
mod update_movie;
pub(crate) mod words;

use async_trait::async_trait;
use reelmark_application::ports::{
    CandidateQuery, GenreRecord, InsertMovie, ListedMovieRecord, MovieCandidateRecord,
    MovieDetailsRecord, MovieFilter, MovieReader, MovieRecord, MovieRepository, RepositoryError,
    SearchTerms, SuggestionRecord, UpdateMovie,
};
use time::OffsetDateTime;

use self::find_movie::FindMovies;
use crate::batches::Batches;
use crate::session::again_after_deadlock;
use crate::store::PostgresStore;
use crate::turns::Turns;

/// Keeps the movies of the catalogue in PostgreSQL.
pub struct PostgresMovieRepository {
    store: PostgresStore,
}

/// Reads movies with their rating summaries from PostgreSQL. Single ones that are asked for at the
/// same time are looked up together.
pub struct PostgresMovieReader {
    store: PostgresStore,
    movies: Batches<FindMovies>,
    searches: Turns,
}

impl PostgresMovieRepository {
    /// Keeps them in `store`.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

impl PostgresMovieReader {
    /// Reads them from `store`, which may be a replica.
    pub fn new(store: PostgresStore) -> Self {
        let movies = Batches::new(FindMovies::new(store.clone()), store.runtime().clone());
        Self { store, movies, searches: Turns::new() }
    }
}

#[async_trait]
impl MovieRepository for PostgresMovieRepository {
    async fn insert(&self, movie: InsertMovie) -> Result<MovieRecord, RepositoryError> {
        Ok(insert_movie::run(&self.store, movie).await?)
    }

    async fn insert_into_empty(&self, movies: Vec<InsertMovie>) -> Result<usize, RepositoryError> {
        Ok(insert_into_empty::run(&self.store, movies).await?)
    }

    async fn find(&self, id: i64) -> Result<Option<MovieRecord>, RepositoryError> {
        Ok(find_movie::record(&self.store, id).await?)
    }

    async fn update(&self, movie: UpdateMovie) -> Result<Option<MovieRecord>, RepositoryError> {
        Ok(update_movie::run(&self.store, movie).await?)
    }

    async fn remove(&self, id: i64, at: OffsetDateTime) -> Result<bool, RepositoryError> {
        Ok(again_after_deadlock(|| remove_movie::run(&self.store, id, at)).await?)
    }
}

#[async_trait]
impl MovieReader for PostgresMovieReader {
    async fn find(&self, id: i64) -> Result<Option<MovieDetailsRecord>, RepositoryError> {
        self.movies.run(id).await
    }

    async fn list(&self, filter: MovieFilter) -> Result<Vec<ListedMovieRecord>, RepositoryError> {
        let _turn = match filter.search {
            Some(_) => Some(self.searches.take().await?),
            None => None,
        };
        Ok(list_movies::run(&self.store, &filter).await?)
    }

    async fn count(&self, filter: MovieFilter) -> Result<u64, RepositoryError> {
        Ok(count_movies::run(&self.store, &filter).await?)
    }

    async fn suggest(
        &self,
        typed: SearchTerms,
        limit: usize,
    ) -> Result<Vec<SuggestionRecord>, RepositoryError> {
        Ok(suggest::run(&self.store, &typed, limit).await?)
    }

    async fn list_genres(&self) -> Result<Vec<GenreRecord>, RepositoryError> {
        Ok(list_genres::run(&self.store).await?)
    }

    async fn list_candidates(
        &self,
        wanted: Vec<CandidateQuery>,
    ) -> Result<Vec<MovieCandidateRecord>, RepositoryError> {
        Ok(list_candidates::run(&self.store, wanted).await?)
    }
}
