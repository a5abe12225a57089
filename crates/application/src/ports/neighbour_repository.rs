use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::RepositoryError;

/// How many ratings were counted in, and the sum of their scores. Two that differ show that
/// ratings changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RatingTotals {
    pub count: i64,
    pub sum: i64,
}

/// Neighbours that were computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeighbourRunRecord {
    /// When they were finished.
    pub at: OffsetDateTime,
    /// How long it took, in whole milliseconds.
    pub took: Duration,
    /// The totals when it began.
    pub totals: RatingTotals,
}

/// The neighbours that readers see, and what has become of the ratings since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeighbourState {
    /// Counts the sets of neighbours; 0 before the first.
    pub generation: i64,
    /// How that one came to be; `None` before the first.
    pub last_run: Option<NeighbourRunRecord>,
    /// The totals now.
    pub totals: RatingTotals,
}

/// Somebody wants to compute neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimNeighbours {
    /// The generation that is to be replaced.
    pub replaces: i64,
    pub now: OffsetDateTime,
    /// When another may take over, unless the claim is renewed.
    pub until: OffsetDateTime,
}

/// A movie that is like another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeighbourRecord {
    pub movie_id: i64,
    /// In ten-thousandths, 1 to 10,000.
    pub similarity: i64,
}

/// The movies most like one movie, most alike first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeighbourListRecord {
    pub movie_id: i64,
    pub neighbours: Vec<NeighbourRecord>,
}

/// Keeps one set of neighbours for its readers, and makes room for the next.
///
/// A set is stored list by list under the number of its generation, and shown all at once: readers
/// MUST see the lists of one published generation alone. Whoever holds the claim on a generation
/// stores it; a claim that was taken over, given back or published stores nothing more.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait NeighbourRepository: Send + Sync {
    /// What readers see, and whether it is still true.
    async fn state(&self) -> Result<NeighbourState, RepositoryError>;

    /// Claims the next generation and returns its number, which was never given out before. `None`
    /// when somebody else holds a claim that has not run out, or the published generation is not
    /// the one to be replaced.
    ///
    /// MUST give it to one claimant alone when several try at once.
    async fn claim(&self, claim: ClaimNeighbours) -> Result<Option<i64>, RepositoryError>;

    /// Stores some lists of a generation and renews its claim until `until`; without lists it only
    /// renews. Returns whether the claim held; nothing is stored when it didn't.
    async fn store(
        &self,
        generation: i64,
        lists: Vec<NeighbourListRecord>,
        until: OffsetDateTime,
    ) -> Result<bool, RepositoryError>;

    /// Shows a generation to readers in place of the one before and ends its claim. Returns whether
    /// the claim held; nothing changes when it didn't.
    async fn publish(
        &self,
        generation: i64,
        run: NeighbourRunRecord,
    ) -> Result<bool, RepositoryError>;

    /// Gives a claim back, so that another may be had at once. Returns whether it held.
    async fn release(&self, generation: i64) -> Result<bool, RepositoryError>;

    /// Removes up to `limit` lists of generations that are neither published nor claimed; returns
    /// how many.
    async fn sweep(&self, limit: usize) -> Result<usize, RepositoryError>;
}
