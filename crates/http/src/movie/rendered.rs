//! What presenters make of movies, for the benchmarks to measure.

use reelmark_application::ports::MovieDetails;
use reelmark_domain::Page;

use super::presenter::{MoviePage, MovieResponse};

/// The body of the answer to `viewMovie`.
///
/// # Errors
/// Never, as far as is known: everything in it can be written as JSON.
pub fn rendered_movie(details: &MovieDetails) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(&MovieResponse::from(details))
}

/// The body of the answer to `listMovies`.
///
/// # Errors
/// Never, as far as is known: everything in it can be written as JSON.
pub fn rendered_page(page: &Page<MovieDetails>) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(&MoviePage::from(page))
}
