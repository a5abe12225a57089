//! The embedded store: every repository port on one SQLite file.
//!
//! [`SqliteStore`] owns the file. All writes go through one thread, which commits what arrives
//! together in one transaction (see `writer`); reads run beside it on connections of their own,
//! and never wait for it (see `reader`). The SQL of an aggregate lives in its folder, one
//! statement per file, under the same names as in the PostgreSQL adapter.

mod account;
mod audit;
mod connection;
mod dead_letters;
mod error;
mod health;
mod idempotency;
mod migrations;
mod movie;
mod outbox;
mod rating;
mod rating_summary;
mod reader;
mod recommendation;
mod report;
mod row;
mod store;
#[cfg(test)]
mod testing;
mod user;
mod user_session;
mod writer;

pub use account::{SqliteAccountCodeRepository, SqliteAccountRepository, SqliteExportReader};
pub use audit::{SqliteAuditReader, SqliteAuditTrail};
pub use dead_letters::SqliteDeadLetters;
pub use health::SqliteHealthProbe;
pub use idempotency::SqliteIdempotencyKeys;
pub use movie::{SqliteMovieReader, SqliteMovieRepository};
pub use outbox::SqliteOutbox;
pub use rating::{SqliteRatingReader, SqliteRatingRepository};
pub use rating_summary::{SqliteRatingSummaryRepository, SqliteSummaryAuditor};
pub use recommendation::{SqliteNeighbourReader, SqliteNeighbourRepository, SqliteTasteReader};
pub use report::{SqliteReportReader, SqliteReportRepository};
pub use store::SqliteStore;
pub use user::{SqliteUserReader, SqliteUserRepository};
pub use user_session::{SqliteSessionReader, SqliteSessionRepository};
