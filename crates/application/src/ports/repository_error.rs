use std::error::Error;

use thiserror::Error;

/// The cause inside a driver, kept for the log. It never reaches a client.
pub type Cause = Box<dyn Error + Send + Sync>;

/// Why a store did not do what was asked. Driver errors never leave their adapter in another form.
#[derive(Debug, Error)]
pub enum RepositoryError {
    /// Somebody else holds this unique value, perhaps since a moment ago. Nothing was stored.
    #[error("{0} is taken")]
    Conflict(UniqueKey),
    /// The row changed since the version that the caller saw. Nothing was stored.
    #[error("the version is stale")]
    Stale,
    /// The store is down, cut off, overloaded or too slow. Trying again later may help. Whether a
    /// write took effect is unknown.
    #[error("the store is unavailable")]
    Unavailable(#[source] Cause),
    /// The store answered something that can't be true: a bug or damaged data. The source names
    /// table, column and row.
    #[error("the store holds or did something unexpected")]
    Corrupt(#[source] Cause),
}

/// What the store keeps unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UniqueKey {
    /// A username, ignoring case.
    Username,
    /// A canonical e-mail address.
    Email,
    /// A movie's id at IMDb.
    ImdbId,
    /// A movie's id at The Movie Database.
    TmdbId,
    /// A movie's id in MovieLens.
    MovieLensId,
}

impl std::fmt::Display for UniqueKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Username => "the username",
            Self::Email => "the e-mail address",
            Self::ImdbId => "the IMDb id",
            Self::TmdbId => "the TMDB id",
            Self::MovieLensId => "the MovieLens id",
        })
    }
}

/// A stored value that the domain refuses.
#[derive(Debug, Error)]
#[error("{table}.{column} of row {row}")]
pub struct CorruptRecord {
    /// The table.
    pub table: &'static str,
    /// The column, as the record names it.
    pub column: &'static str,
    /// The row's id.
    pub row: i64,
    /// What is wrong with the value.
    #[source]
    pub source: reelmark_domain::ValueError,
}

impl From<CorruptRecord> for RepositoryError {
    fn from(corrupt: CorruptRecord) -> Self {
        Self::Corrupt(Box::new(corrupt))
    }
}
