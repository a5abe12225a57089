//! Files that movies come from.
//!
//! [`EmbeddedStarterCatalogue`] reads the movies that a new, empty store is filled with. They are
//! part of the program; `data/README.md` says where they come from.
#![deny(missing_docs)]

mod starter_catalogue;
mod starter_row;

pub use starter_catalogue::EmbeddedStarterCatalogue;
