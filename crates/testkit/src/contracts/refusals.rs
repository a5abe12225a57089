//! Reading a [`RepositoryError`], which can't be compared.

use std::fmt::Debug;

use reelmark_application::ports::{RepositoryError, UniqueKey};

/// The unique key that a refused write names.
pub(super) fn conflict<T: Debug>(result: Result<T, RepositoryError>) -> UniqueKey {
    match result {
        Err(RepositoryError::Conflict(key)) => key,
        other => panic!("expected a conflict, got {other:?}"),
    }
}

/// Whether a write was refused because its version is stale.
pub(super) fn is_stale<T>(result: &Result<T, RepositoryError>) -> bool {
    matches!(result, Err(RepositoryError::Stale))
}

/// Whether a write was refused because it would make the store untrue.
pub(super) fn is_corrupt<T>(result: &Result<T, RepositoryError>) -> bool {
    matches!(result, Err(RepositoryError::Corrupt(_)))
}
