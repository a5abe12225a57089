use std::sync::Arc;

use async_trait::async_trait;
use reelmark_domain::MovieId;

use super::*;
use crate::caching::{MovieViews, ShownMovie, ShownMoviePage};
use crate::ports::{
    Cache, Clock, MovieDetails, MovieRepository, RepositoryError, StarterCatalogue,
};

/// The use cases about the catalogue.
pub struct MovieService {
    repository: Arc<dyn MovieRepository>,
    movies: Arc<MovieViews>,
    cache: Arc<dyn Cache>,
    clock: Arc<dyn Clock>,
    starter: Arc<dyn StarterCatalogue>,
}

impl MovieService {
    pub fn new(
        repository: Arc<dyn MovieRepository>,
        movies: Arc<MovieViews>,
        cache: Arc<dyn Cache>,
        clock: Arc<dyn Clock>,
        starter: Arc<dyn StarterCatalogue>,
    ) -> Self {
        Self { repository, movies, cache, clock, starter }
    }
}

#[async_trait]
impl MovieUseCases for MovieService {
    async fn add_movie(&self, command: AddMovie) -> Result<MovieDetails, AddMovieError> {
        add_movie::run(&*self.repository, &*self.cache, &*self.clock, command).await
    }

    async fn view_movie(&self, id: MovieId) -> Result<ShownMovie, ViewMovieError> {
        view_movie::run(&self.movies, id).await
    }

    async fn list_movies(&self, query: ListMovies) -> Result<ShownMoviePage, ListMoviesError> {
        list_movies::run(&self.movies, query).await
    }

    async fn suggest_movies(
        &self,
        query: SuggestMovies,
    ) -> Result<Vec<MovieSuggestion>, RepositoryError> {
        suggest_movies::run(self.movies.reader(), query).await
    }

    async fn list_genres(&self) -> Result<Vec<GenreCount>, RepositoryError> {
        list_genres::run(self.movies.reader()).await
    }

    async fn list_chart(&self, query: ListChart) -> Result<ShownMoviePage, ListMoviesError> {
        list_chart::run(&self.movies, &*self.clock, query).await
    }

    async fn edit_movie(&self, command: EditMovie) -> Result<MovieDetails, EditMovieError> {
        let movies = self.movies.reader();
        edit_movie::run(&*self.repository, movies, &*self.cache, &*self.clock, command).await
    }

    async fn remove_movie(&self, command: RemoveMovie) -> Result<(), RemoveMovieError> {
        remove_movie::run(&*self.repository, &*self.cache, &*self.clock, command).await
    }

    async fn load_starter_catalogue(&self) -> Result<usize, LoadStarterCatalogueError> {
        load_starter_catalogue::run(&*self.repository, &*self.starter, &*self.clock).await
    }
}
