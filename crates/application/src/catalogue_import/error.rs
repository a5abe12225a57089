use thiserror::Error;

use crate::ports::{Cause, RepositoryError};

/// Why an import ended before its files did. What was stored is whole, and the same import goes on
/// from there.
#[derive(Debug, Error)]
pub enum ImportCatalogueError {
    #[error(transparent)]
    Store(#[from] RepositoryError),
    /// Another process imports the same set at the same time.
    #[error("the same set is being imported by another process")]
    Elsewhere,
    #[error("the list of rejected rows can't be written")]
    Rejects(#[source] Cause),
    /// The thread that reads is gone.
    #[error("the file was not read to its end")]
    ReaderGone,
}
