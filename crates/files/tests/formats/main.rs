//! The formats, read from small files that have their traps, and written and read again.
#![expect(clippy::unwrap_used, reason = "a helper that fails must stop its test loudly")]

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
