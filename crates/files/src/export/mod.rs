//! The files that people and operators take away, one writer per format.

mod adapter;
mod csv_sink;
mod imdb_csv;
mod letterboxd_csv;
mod movies_csv;
mod problems_csv;
mod ratings_csv;
mod trakt_json;

pub use adapter::PortableExportFiles;
