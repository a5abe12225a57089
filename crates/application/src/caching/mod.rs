//! Reads that are served from a cache: decorators over reader ports, with leases.

mod cached_movie_reader;
mod flights;
mod keys;
mod movie_views;
mod near;
mod neighbours;
mod read_through;
mod suggestions;
mod touched_by;

pub use cached_movie_reader::CachedMovieReader;
pub use keys::LIFETIME;
pub(crate) use keys::movie_details_key;
pub use movie_views::MovieViews;
pub(crate) use near::PageKey;
pub use near::{ForgettingCache, NearCopies, Shown, ShownMovie, ShownMoviePage};
pub use neighbours::CachedNeighbours;
pub use read_through::ReadThrough;
pub use suggestions::CachedSuggestions;
pub use touched_by::touched_by;
pub(crate) use touched_by::{invalidate, touched_by_summaries};
