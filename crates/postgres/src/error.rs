use std::error::Error as _;
use std::io;

use deadpool_postgres::PoolError;
use reelmark_application::ports::{Cause, CorruptRecord, RepositoryError, UniqueKey};
use thiserror::Error;
use tokio_postgres::Error as DriverError;
use tokio_postgres::error::{DbError, SqlState};

pub(crate) type Result<T> = std::result::Result<T, Failure>;

/// Why the server did not do what it was asked to; what becomes of it outside this crate is said
/// by its conversion into a [`RepositoryError`].
#[derive(Debug, Error)]
pub(crate) enum Failure {
    /// So many wait for a connection that nobody else may.
    #[error("too many callers wait for a connection to PostgreSQL")]
    Overloaded,
    /// No connection could be had.
    #[error("no connection to PostgreSQL")]
    Pool(#[source] PoolError),
    /// The server refused, or the connection broke.
    #[error("PostgreSQL failed")]
    Driver(#[from] DriverError),
    /// The server said nothing for so long that the connection was given up.
    #[error("PostgreSQL did not answer in time")]
    TimedOut,
    /// A row that has to be there isn't.
    #[error("PostgreSQL returned no row")]
    NoRow,
    /// A row has another version than the caller saw.
    #[error("the version is stale")]
    Stale,
    /// Somebody changed a row between two statements of a transaction.
    #[error("a row was changed in between")]
    Overtaken,
    /// A row or a request holds what it can't hold.
    #[error("something impossible was stored or asked for")]
    Corrupt(#[source] Cause),
    /// The schema could not be brought up to date.
    #[error("a migration failed")]
    Migration(#[source] refinery::Error),
}

/// What the server said, without its `DETAIL`, which may quote a whole row: the log must not show
/// e-mail addresses or password hashes.
#[derive(Debug, Error)]
#[error("{message} (SQLSTATE {code}, table {table}, constraint {constraint})")]
struct Refusal {
    message: String,
    code: String,
    table: String,
    constraint: String,
}

#[derive(Debug, PartialEq, Eq)]
enum Meaning {
    Conflict(UniqueKey),
    Unavailable,
    Corrupt,
}

impl Failure {
    /// Whether a row was to refer to one that doesn't exist.
    pub(crate) fn is_missing_reference(&self) -> bool {
        self.code() == Some(&SqlState::FOREIGN_KEY_VIOLATION)
    }

    /// Whether a prepared statement was refused, before it did anything, because the schema changed
    /// under it or the server doesn't know it. It has to be prepared again.
    pub(crate) fn is_stale_statement(&self) -> bool {
        self.code().is_some_and(is_stale_statement)
    }

    /// Whether the connection that failed is of no more use, though it is open: it hangs, or its
    /// server became a standby, so that a new connection may find the new primary.
    pub(crate) fn spoils_connection(&self) -> bool {
        matches!(self, Self::TimedOut) || self.code() == Some(&SqlState::READ_ONLY_SQL_TRANSACTION)
    }

    /// Whether a transaction that did nothing wrong has to begin anew: another one overtook it, or
    /// the server ended it because the two waited for each other, or might have.
    pub(crate) fn is_deadlock(&self) -> bool {
        if matches!(self, Self::Overtaken) {
            return true;
        }
        const CODES: [SqlState; 2] =
            [SqlState::T_R_DEADLOCK_DETECTED, SqlState::LOCK_NOT_AVAILABLE];
        self.code().is_some_and(|code| CODES.contains(code))
    }

    /// Whether it is certain that nothing was stored, and something in the request itself may be
    /// the cause: a value or a reference that is refused, or a lock that made a deadlock.
    pub(crate) fn is_undone(&self) -> bool {
        const CLASSES: [&str; 3] = ["22", "23", "40"];
        let code = self.code().map(SqlState::code);
        code.is_some_and(|code| CLASSES.iter().any(|class| code.starts_with(class)))
    }

    fn code(&self) -> Option<&SqlState> {
        match self {
            Self::Driver(error) => error.code(),
            _ => None,
        }
    }
}

impl From<CorruptRecord> for Failure {
    fn from(record: CorruptRecord) -> Self {
        Self::Corrupt(Box::new(record))
    }
}

impl From<Failure> for RepositoryError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Driver(error) => from_driver(error),
            Failure::Pool(PoolError::Backend(error)) => Self::Unavailable(Box::new(error)),
            Failure::Pool(error) => Self::Unavailable(Box::new(error)),
            Failure::Migration(error) => from_migration(error),
            Failure::Stale => Self::Stale,
            Failure::Corrupt(cause) => Self::Corrupt(cause),
            Failure::TimedOut | Failure::Overloaded | Failure::Overtaken => {
                Self::Unavailable(Box::new(failure))
            }
            Failure::NoRow => Self::Corrupt(Box::new(failure)),
        }
    }
}

fn from_migration(error: refinery::Error) -> RepositoryError {
    let driver = error.source().and_then(|cause| cause.downcast_ref());
    if driver.is_some_and(is_temporary_in_driver) {
        RepositoryError::Unavailable(Box::new(error))
    } else {
        RepositoryError::Corrupt(Box::new(error))
    }
}

fn is_temporary_in_driver(error: &DriverError) -> bool {
    error.code().map_or_else(|| is_broken_connection(error), is_temporary)
}

fn from_driver(error: DriverError) -> RepositoryError {
    match error.as_db_error() {
        Some(refusal) => from_refusal(refusal),
        None if is_broken_connection(&error) => RepositoryError::Unavailable(Box::new(error)),
        None => RepositoryError::Corrupt(Box::new(error)),
    }
}

fn from_refusal(error: &DbError) -> RepositoryError {
    let cause: Cause = Box::new(Refusal::from(error));
    match meaning(error.code(), error.constraint()) {
        Meaning::Conflict(key) => RepositoryError::Conflict(key),
        Meaning::Unavailable => RepositoryError::Unavailable(cause),
        Meaning::Corrupt => RepositoryError::Corrupt(cause),
    }
}

fn meaning(code: &SqlState, constraint: Option<&str>) -> Meaning {
    if *code == SqlState::UNIQUE_VIOLATION {
        let key = constraint.and_then(unique_key);
        return key.map_or(Meaning::Corrupt, Meaning::Conflict);
    }
    if is_temporary(code) {
        return Meaning::Unavailable;
    }
    Meaning::Corrupt
}

fn unique_key(constraint: &str) -> Option<UniqueKey> {
    match constraint {
        "users_username_key" => Some(UniqueKey::Username),
        "users_email" => Some(UniqueKey::Email),
        "movies_imdb_id" => Some(UniqueKey::ImdbId),
        "movies_tmdb_id" => Some(UniqueKey::TmdbId),
        "movies_movielens_id" => Some(UniqueKey::MovieLensId),
        _ => None,
    }
}

/// Whether the same request may succeed later.
fn is_temporary(code: &SqlState) -> bool {
    const CODES: [SqlState; 8] = [
        SqlState::ADMIN_SHUTDOWN,
        SqlState::CRASH_SHUTDOWN,
        SqlState::CANNOT_CONNECT_NOW,
        SqlState::QUERY_CANCELED,
        SqlState::LOCK_NOT_AVAILABLE,
        SqlState::READ_ONLY_SQL_TRANSACTION,
        SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
        SqlState::IO_ERROR,
    ];
    // Connection exceptions, rolled back transactions (deadlocks), insufficient resources.
    const CLASSES: [&str; 3] = ["08", "40", "53"];
    CODES.contains(code)
        || CLASSES.iter().any(|class| code.code().starts_with(class))
        || is_stale_statement(code)
}

fn is_stale_statement(code: &SqlState) -> bool {
    [SqlState::FEATURE_NOT_SUPPORTED, SqlState::INVALID_SQL_STATEMENT_NAME].contains(code)
}

fn is_broken_connection(error: &DriverError) -> bool {
    let cause = error.source();
    error.is_closed() || cause.is_some_and(|cause| cause.is::<io::Error>())
}

impl From<&DbError> for Refusal {
    fn from(error: &DbError) -> Self {
        let named = |name: Option<&str>| name.unwrap_or("none").to_owned();
        Self {
            message: error.message().to_owned(),
            code: error.code().code().to_owned(),
            table: named(error.table()),
            constraint: named(error.constraint()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning_of(code: &str) -> Meaning {
        meaning(&SqlState::from_code(code), None)
    }

    #[test]
    fn a_unique_violation_names_the_key_that_is_taken() {
        let of = |constraint| meaning(&SqlState::UNIQUE_VIOLATION, Some(constraint));
        let expected = [
            ("users_username_key", UniqueKey::Username),
            ("users_email", UniqueKey::Email),
            ("movies_imdb_id", UniqueKey::ImdbId),
            ("movies_tmdb_id", UniqueKey::TmdbId),
            ("movies_movielens_id", UniqueKey::MovieLensId),
        ];
        for (constraint, key) in expected {
            assert_eq!(of(constraint), Meaning::Conflict(key));
        }
    }

    #[test]
    fn a_unique_violation_that_nobody_expects_is_a_bug() {
        let of = |constraint| meaning(&SqlState::UNIQUE_VIOLATION, constraint);
        assert_eq!(of(Some("ratings_pkey")), Meaning::Corrupt);
        assert_eq!(of(None), Meaning::Corrupt);
    }

    #[test]
    fn what_may_pass_is_unavailable() {
        let codes = [
            "08006", "57P01", "57P02", "57P03", "57014", "25006", "25P03", "53300", "53100",
            "40001", "40P01", "55P03", "0A000", "26000", "58030",
        ];
        for code in codes {
            assert_eq!(meaning_of(code), Meaning::Unavailable, "{code}");
        }
    }

    #[test]
    fn everything_else_is_corrupt() {
        for code in ["23514", "23502", "23503", "22003", "42P01", "42703", "XX001"] {
            assert_eq!(meaning_of(code), Meaning::Corrupt, "{code}");
        }
    }

    #[test]
    fn an_exhausted_pool_and_a_silent_server_are_unavailable() {
        for failure in [Failure::Pool(PoolError::Closed), Failure::TimedOut, Failure::Overloaded] {
            let error = RepositoryError::from(failure);
            assert!(matches!(error, RepositoryError::Unavailable(_)));
        }
    }

    #[test]
    fn only_a_hanging_connection_is_spoilt() {
        assert!(Failure::TimedOut.spoils_connection());
        assert!(!Failure::NoRow.spoils_connection());
    }
}
