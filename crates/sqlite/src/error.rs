//! From what SQLite says to what the ports say. No other file knows SQLite's result codes.

use reelmark_application::ports::{CorruptRecord, RepositoryError, UniqueKey};
use rusqlite::{Error, ErrorCode, ffi};

/// What the functions of this crate return on their way to a port.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

/// A [`RepositoryError`] in the making, so that `?` takes it from whatever went wrong.
#[derive(Debug)]
pub(crate) struct Failure(RepositoryError);

impl From<Failure> for RepositoryError {
    fn from(failure: Failure) -> Self {
        failure.0
    }
}

impl From<RepositoryError> for Failure {
    fn from(error: RepositoryError) -> Self {
        Self(error)
    }
}

impl From<CorruptRecord> for Failure {
    fn from(corrupt: CorruptRecord) -> Self {
        Self(corrupt.into())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self(RepositoryError::Corrupt(Box::new(error)))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(translate(error))
    }
}

/// Whether a row was refused because the row it refers to doesn't exist.
pub(crate) fn is_missing_parent(error: &Error) -> bool {
    let code = error.sqlite_error().map(|e| e.extended_code);
    code == Some(ffi::SQLITE_CONSTRAINT_FOREIGNKEY)
}

fn translate(error: Error) -> RepositoryError {
    if let Some(key) = taken_key(&error) {
        return RepositoryError::Conflict(key);
    }
    if error.sqlite_error_code().is_some_and(may_pass) {
        return RepositoryError::Unavailable(Box::new(error));
    }
    RepositoryError::Corrupt(Box::new(error))
}

/// SQLite names the columns, not the index: `UNIQUE constraint failed: users.email`.
fn taken_key(error: &Error) -> Option<UniqueKey> {
    let Error::SqliteFailure(cause, Some(message)) = error else {
        return None;
    };
    if cause.extended_code != ffi::SQLITE_CONSTRAINT_UNIQUE {
        return None;
    }
    let (_, column) = message.rsplit_once(": ")?;
    match column {
        "users.username_key" => Some(UniqueKey::Username),
        "users.email" => Some(UniqueKey::Email),
        "movies.imdb_id" => Some(UniqueKey::ImdbId),
        "movies.tmdb_id" => Some(UniqueKey::TmdbId),
        "movies.movielens_id" => Some(UniqueKey::MovieLensId),
        _ => None,
    }
}

/// What is wrong with the machine or due to somebody else's lock, and not with data or code.
fn may_pass(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::FileLockingProtocolFailed
            | ErrorCode::DiskFull
            | ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::ReadOnly
            | ErrorCode::OutOfMemory
            | ErrorCode::OperationInterrupted
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(extended_code: i32, message: &str) -> Error {
        Error::SqliteFailure(ffi::Error::new(extended_code), Some(message.into()))
    }

    #[test]
    fn a_taken_value_is_a_conflict_over_its_key() {
        let columns = [
            ("users.username_key", UniqueKey::Username),
            ("users.email", UniqueKey::Email),
            ("movies.imdb_id", UniqueKey::ImdbId),
            ("movies.tmdb_id", UniqueKey::TmdbId),
            ("movies.movielens_id", UniqueKey::MovieLensId),
        ];
        for (column, expected) in columns {
            let message = format!("UNIQUE constraint failed: {column}");
            let error = translate(failure(ffi::SQLITE_CONSTRAINT_UNIQUE, &message));
            assert!(matches!(error, RepositoryError::Conflict(key) if key == expected));
        }
    }

    #[test]
    fn another_unique_violation_is_a_bug() {
        let message = "UNIQUE constraint failed: movie_genres.genre_key, movie_genres.movie_id";
        let error = translate(failure(ffi::SQLITE_CONSTRAINT_UNIQUE, message));
        assert!(matches!(error, RepositoryError::Corrupt(_)));
    }

    #[test]
    fn locks_and_a_failing_machine_make_the_store_unavailable() {
        let codes = [
            ffi::SQLITE_BUSY,
            ffi::SQLITE_BUSY_SNAPSHOT,
            ffi::SQLITE_LOCKED,
            ffi::SQLITE_FULL,
            ffi::SQLITE_IOERR_FSYNC,
            ffi::SQLITE_CANTOPEN,
        ];
        for code in codes {
            let error = translate(failure(code, "it went wrong"));
            assert!(matches!(error, RepositoryError::Unavailable(_)), "{code}");
        }
    }

    #[test]
    fn everything_else_is_corrupt() {
        for code in [ffi::SQLITE_CONSTRAINT_CHECK, ffi::SQLITE_CORRUPT] {
            let error = translate(failure(code, "it went wrong"));
            assert!(matches!(error, RepositoryError::Corrupt(_)), "{code}");
        }
        let error = translate(Error::QueryReturnedNoRows);
        assert!(matches!(error, RepositoryError::Corrupt(_)));
    }

    #[test]
    fn tells_a_missing_parent_from_other_violations() {
        let missing = failure(ffi::SQLITE_CONSTRAINT_FOREIGNKEY, "FOREIGN KEY");
        let check = failure(ffi::SQLITE_CONSTRAINT_CHECK, "CHECK");
        assert!(is_missing_parent(&missing) && !is_missing_parent(&check));
    }
}
