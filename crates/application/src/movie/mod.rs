//! The catalogue.

mod add_movie;
mod edit_movie;
mod list_chart;
mod list_genres;
mod list_movies;
mod load_starter_catalogue;
mod remove_movie;
mod service;
mod suggest_movies;
mod use_cases;
mod view_movie;

pub use add_movie::{AddMovie, AddMovieError};
pub use edit_movie::{EditMovie, EditMovieError, ExternalIdsPatch, MoviePatch};
pub use list_chart::{Chart, ListChart};
pub use list_genres::GenreCount;
pub use list_movies::{ListMovies, ListMoviesError, RatedBy};
pub use load_starter_catalogue::LoadStarterCatalogueError;
pub use remove_movie::{RemoveMovie, RemoveMovieError};
pub use service::MovieService;
pub use suggest_movies::{MovieSuggestion, SuggestMovies};
pub use use_cases::*;
pub use view_movie::ViewMovieError;
