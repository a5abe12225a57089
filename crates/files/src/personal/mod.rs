//! The ratings that people bring, one reader per format.

mod adapter;
mod bounded;
mod imdb_csv;
mod letterboxd_archive;
mod letterboxd_csv;
mod movielens_csv;
mod title_kind;
mod trakt_json;
mod written_day;

pub use adapter::ForeignRatingsFiles;
