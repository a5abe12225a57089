//! Files that movies come from, and that reports become.
//!
//! [`EmbeddedStarterCatalogue`] reads the movies that a new, empty store is filled with. They are
//! part of the program; `data/README.md` says where they come from. [`FileReportWriter`] writes
//! reports as CSV and as HTML.
#![deny(missing_docs)]

mod report;
mod starter_catalogue;
mod starter_row;

pub use report::FileReportWriter;
pub use starter_catalogue::EmbeddedStarterCatalogue;
