//! How operators fill a catalogue from files, and the ratings of people who aren't here.
//!
//! Files are read ahead on a thread of their own, chunk by chunk, while the chunk before is stored.
//! What a row means is decided here: which movie it is, and which of its ids can be taken.

mod batches;
mod counts;
mod error;
mod import_movies;
mod import_ratings;
mod known_movies;
mod links;
mod observer;
mod plan;
mod service;
mod set_name;

pub use counts::ImportCounts;
pub use error::ImportCatalogueError;
pub use links::Links;
pub use observer::ImportObserver;
pub use service::{CatalogueImport, ImportOutcome, ImportSet, RATINGS_AT_ONCE, RatingFiles};
pub use set_name::ImportSetName;
