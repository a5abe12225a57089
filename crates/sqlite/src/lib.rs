//! The embedded store: every repository port on one SQLite file.
//!
//! [`SqliteStore`] owns the file. All writes go through one thread, which commits what arrives
//! together in one transaction (see `writer`); reads run beside it on connections of their own,
//! and never wait for it (see `reader`). The SQL of an aggregate lives in its folder, one
//! statement per file, under the same names as in the PostgreSQL adapter.

mod connection;
mod dead_letters;
mod error;
mod health;
mod migrations;
mod movie;
mod outbox;
mod rating;
mod rating_summary;
mod reader;
mod row;
mod store;
#[cfg(test)]
mod testing;
mod user;
mod writer;

pub use dead_letters::SqliteDeadLetters;
pub use health::SqliteHealthProbe;
pub use movie::{SqliteMovieReader, SqliteMovieRepository};
pub use outbox::SqliteOutbox;
pub use rating::{SqliteRatingReader, SqliteRatingRepository};
pub use rating_summary::SqliteRatingSummaryRepository;
pub use store::SqliteStore;
pub use user::{SqliteUserReader, SqliteUserRepository};
