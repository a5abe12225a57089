//! The store on PostgreSQL.
//!
//! A [`PostgresStore`] holds the connections; each adapter of a port holds a clone of it and is one
//! line per method, the work being in the file named after the method. SQLSTATEs are known to
//! `error` alone, and no driver error leaves this crate in another form than a `RepositoryError`.
//!
//! Two promises hold everywhere. Nothing waits for ever: neither for a connection nor for an
//! answer, and whoever waited too long gets `Unavailable`. And all statements are written for the
//! isolation level READ COMMITTED, which every session asks for.

mod config;
mod connector;
mod dead_letters;
mod error;
mod health;
mod migrations;
mod movie;
mod outbox;
mod rating;
mod rating_summary;
mod row;
mod session;
mod store;
mod user;

pub use config::{PostgresConfig, PostgresConfigError};
pub use dead_letters::PostgresDeadLetters;
pub use health::PostgresHealthProbe;
pub use movie::{PostgresMovieReader, PostgresMovieRepository};
pub use outbox::PostgresOutbox;
pub use rating::{PostgresRatingReader, PostgresRatingRepository};
pub use rating_summary::PostgresRatingSummaryRepository;
pub use store::PostgresStore;
pub use user::{PostgresUserReader, PostgresUserRepository};
