//! Reads that are served from a cache: decorators over reader ports, with leases.

mod cached_movie_reader;
mod flights;
mod keys;
mod read_through;
mod touched_by;

pub use cached_movie_reader::CachedMovieReader;
pub use keys::LIFETIME;
pub(crate) use keys::movie_details_key;
pub use read_through::ReadThrough;
pub(crate) use touched_by::invalidate;
pub use touched_by::touched_by;
