//! The formats, read from small files that have their traps, and written and read again.

mod atomic;
mod hostile;
mod imdb;
mod letterboxd;
mod ml_100k;
mod movielens;
mod own;
mod round_trip;
mod support;
mod trakt;
