use async_trait::async_trait;
use reelmark_domain::MovieId;

use super::*;
use crate::caching::{ShownMovie, ShownMoviePage};
use crate::ports::{MovieDetails, RepositoryError};

/// What can be done with the catalogue.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait MovieUseCases: Send + Sync {
    /// Adds a movie.
    async fn add_movie(&self, command: AddMovie) -> Result<MovieDetails, AddMovieError>;

    /// One movie with its rating summary.
    async fn view_movie(&self, id: MovieId) -> Result<ShownMovie, ViewMovieError>;

    /// A page of the catalogue.
    async fn list_movies(&self, query: ListMovies) -> Result<ShownMoviePage, ListMoviesError>;

    /// Movies that somebody may be about to type.
    async fn suggest_movies(
        &self,
        query: SuggestMovies,
    ) -> Result<Vec<MovieSuggestion>, RepositoryError>;

    /// The genres of the catalogue, by name.
    async fn list_genres(&self) -> Result<Vec<GenreCount>, RepositoryError>;

    /// A page of the rated movies, in the order of a chart.
    async fn list_chart(&self, query: ListChart) -> Result<ShownMoviePage, ListMoviesError>;

    /// Changes parts of a movie's facts.
    async fn edit_movie(&self, command: EditMovie) -> Result<MovieDetails, EditMovieError>;

    /// Takes a movie and all its ratings out of the catalogue.
    async fn remove_movie(&self, command: RemoveMovie) -> Result<(), RemoveMovieError>;

    /// Fills an empty store with well-known movies; returns how many were added.
    async fn load_starter_catalogue(&self) -> Result<usize, LoadStarterCatalogueError>;
}
