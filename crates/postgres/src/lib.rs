//! The store on PostgreSQL.
//!
//! A [`PostgresStore`] holds the connections; each adapter of a port holds a clone of it and is one
//! line per method, the work being in the file named after the method. SQLSTATEs are known to
//! `error` alone, and no driver error leaves this crate in another form than a `RepositoryError`.
//!
//! Two promises hold everywhere. Nothing waits for ever: neither for a connection nor for an
//! answer, and whoever waited too long gets `Unavailable`. And all statements are written for the
//! isolation level READ COMMITTED, which every session asks for.

mod account;
mod audit;
mod batches;
mod catalogue_import;
mod config;
mod connector;
mod dead_letters;
mod error;
mod health;
mod idempotency;
mod instance_export;
mod migrations;
mod movie;
mod outbox;
mod personal_import;
mod rating;
mod rating_summary;
mod recommendation;
mod report;
mod row;
mod session;
mod store;
mod turns;
mod user;
mod user_session;

pub use account::{PostgresAccountCodeRepository, PostgresAccountRepository, PostgresExportReader};
pub use audit::{PostgresAuditReader, PostgresAuditTrail};
pub use catalogue_import::PostgresCatalogueImporter;
pub use config::{PostgresConfig, PostgresConfigError};
pub use dead_letters::PostgresDeadLetters;
pub use health::PostgresHealthProbe;
pub use idempotency::PostgresIdempotencyKeys;
pub use instance_export::PostgresInstanceExportReader;
pub use movie::{PostgresMovieReader, PostgresMovieRepository};
pub use outbox::PostgresOutbox;
pub use personal_import::PostgresPersonalImportRepository;
pub use rating::{PostgresRatingReader, PostgresRatingRepository};
pub use rating_summary::{PostgresRatingSummaryRepository, PostgresSummaryAuditor};
pub use recommendation::{
    PostgresNeighbourReader, PostgresNeighbourRepository, PostgresTasteReader,
};
pub use report::{PostgresReportReader, PostgresReportRepository};
pub use store::PostgresStore;
pub use user::{PostgresUserReader, PostgresUserRepository};
pub use user_session::{PostgresSessionReader, PostgresSessionRepository};
