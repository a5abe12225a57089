//! The files that a catalogue is filled from, one reader per format.

mod adapter;
mod atomic_movies;
mod atomic_ratings;
mod imdb_title_ratings;
mod imdb_titles;
mod movielens_links;
mod movielens_movies;
mod movielens_ratings;
mod own_movies;
mod own_ratings;

pub use adapter::ForeignCatalogueFiles;
