use std::sync::Arc;

use reelmark_domain::{
    NeighbourList, Recommender, Similarities, Taste, TasteMatrixBuilder, UserId, UserSample,
};
use thiserror::Error;
use time::{Duration, OffsetDateTime};
use tokio::task::{JoinError, spawn_blocking};

use crate::ports::{
    ClaimNeighbours, Clock, CorruptRecord, ListTastes, NeighbourListRecord, NeighbourRepository,
    NeighbourRunRecord, NeighbourState, RatingTotals, RepositoryError, TasteReader, TasteRecord,
};

#[cfg(test)]
mod tests;

/// How many ratings are looked at; of more, those of as many users as fit. At eight bytes each they
/// take 192 MB.
const MOST_RATINGS: u64 = 24_000_000;

/// How many users' ratings are read together, and how many movies' neighbours are computed and
/// stored together.
const USERS: usize = 500;
const MOVIES: usize = 500;

/// How long a claim lasts without being renewed: longer than any of these parts takes.
const LEASE: Duration = Duration::minutes(2);

/// After having computed for some time, so many times that is rested, so that it takes a fiftieth
/// of all time at most; within bounds.
const REST: i32 = 49;
const SHORTEST_REST: Duration = Duration::seconds(5);
const LONGEST_REST: Duration = Duration::hours(6);

/// After so long neighbours are computed anew even if the totals are the same as before, for
/// changes can make up for each other.
const OLDEST: Duration = Duration::days(1);

/// How many lists of an old generation are removed together.
const SWEPT: usize = 1_000;

/// What it takes to compute neighbours.
pub struct NeighbourPorts {
    pub neighbours: Arc<dyn NeighbourRepository>,
    pub tastes: Arc<dyn TasteReader>,
    pub clock: Arc<dyn Clock>,
}

/// What came of looking whether neighbours are to be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refreshed {
    /// Those there are will do.
    NotDue,
    /// Somebody else is at it, or took over.
    Busy,
    /// There are new ones.
    Done(NewNeighbours),
}

/// Neighbours that were computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewNeighbours {
    /// How many ratings were looked at.
    pub ratings: usize,
    /// How many movies have neighbours.
    pub movies: usize,
    /// How many neighbours these have together.
    pub neighbours: usize,
    pub took: Duration,
}

/// Why no neighbours were computed.
#[derive(Debug, Error)]
pub enum RefreshError {
    #[error(transparent)]
    Store(#[from] RepositoryError),
    #[error("the computing broke down")]
    BrokeDown(#[from] JoinError),
}

pub(super) async fn run(ports: &NeighbourPorts) -> Result<Refreshed, RefreshError> {
    let (state, began) = (ports.neighbours.state().await?, ports.clock.now());
    if !is_due(&state, began) {
        return Ok(Refreshed::NotDue);
    }
    let claim = ClaimNeighbours { replaces: state.generation, now: began, until: began + LEASE };
    let Some(generation) = ports.neighbours.claim(claim).await? else {
        return Ok(Refreshed::Busy);
    };
    let job = Job { ports, generation, began, totals: state.totals };
    match job.run().await {
        Ok(Some(new)) => Ok(Refreshed::Done(new)),
        Ok(None) => Ok(Refreshed::Busy),
        Err(error) => {
            job.give_up().await;
            Err(error)
        }
    }
}

fn is_due(state: &NeighbourState, now: OffsetDateTime) -> bool {
    let Some(last) = state.last_run else {
        return true;
    };
    let rest = (last.took * REST).clamp(SHORTEST_REST, LONGEST_REST);
    let age = now - last.at;
    age >= OLDEST || last.totals != state.totals && age >= rest
}

/// Neighbours in the making, under a claim.
struct Job<'a> {
    ports: &'a NeighbourPorts,
    generation: i64,
    began: OffsetDateTime,
    totals: RatingTotals,
}

impl Job<'_> {
    /// The new neighbours; `None` when the claim was lost.
    async fn run(&self) -> Result<Option<NewNeighbours>, RefreshError> {
        let Some(tastes) = self.read().await? else {
            return Ok(None);
        };
        let ratings = tastes.ratings();
        let compare = move || Similarities::new(tastes.build(), Recommender::default());
        let similarities = Arc::new(spawn_blocking(compare).await?);
        let Some((movies, neighbours)) = self.store(similarities).await? else {
            return Ok(None);
        };
        let at = self.ports.clock.now();
        let took = (at - self.began).max(Duration::ZERO);
        let run = NeighbourRunRecord { at, took, totals: self.totals };
        if !self.ports.neighbours.publish(self.generation, run).await? {
            return Ok(None);
        }
        self.sweep().await?;
        Ok(Some(NewNeighbours { ratings, movies, neighbours, took }))
    }

    /// Reads who rated what, part by part.
    async fn read(&self) -> Result<Option<TasteMatrixBuilder>, RefreshError> {
        let counted = u64::try_from(self.totals.count).unwrap_or_default();
        let sample = UserSample::new(counted, MOST_RATINGS);
        let mut builder = TasteMatrixBuilder::new(MOST_RATINGS as usize);
        let mut after = 0;
        loop {
            let list = ListTastes { after, users: USERS, latest: Recommender::LATEST };
            let page = self.ports.tastes.list(list).await?;
            let has_room = add(&mut builder, page.tastes, sample)?;
            let Some(last) = page.last.filter(|_| has_room) else {
                return Ok(Some(builder));
            };
            if !self.renew().await? {
                return Ok(None);
            }
            after = last;
        }
    }

    /// Computes and stores neighbours part by part; returns of how many movies, and how many.
    async fn store(
        &self,
        similarities: Arc<Similarities>,
    ) -> Result<Option<(usize, usize)>, RefreshError> {
        let (all, mut movies, mut neighbours) = (similarities.matrix().movies().len(), 0, 0);
        for first in (0..all).step_by(MOVIES) {
            let similarities = similarities.clone();
            let part = first..all.min(first + MOVIES);
            let lists = spawn_blocking(move || similarities.lists(part)).await?;
            movies += lists.len();
            neighbours += lists.iter().map(|list| list.neighbours.len()).sum::<usize>();
            if !self.keep(&lists).await? {
                return Ok(None);
            }
        }
        Ok(Some((movies, neighbours)))
    }

    async fn keep(&self, lists: &[NeighbourList]) -> Result<bool, RepositoryError> {
        let records = lists.iter().map(NeighbourListRecord::from).collect();
        let until = self.ports.clock.now() + LEASE;
        self.ports.neighbours.store(self.generation, records, until).await
    }

    async fn renew(&self) -> Result<bool, RepositoryError> {
        self.keep(&[]).await
    }

    async fn sweep(&self) -> Result<(), RepositoryError> {
        while self.ports.neighbours.sweep(SWEPT).await? == SWEPT {}
        Ok(())
    }

    /// Lets another try at once. It has to wait for the claim to run out when that fails, too.
    async fn give_up(&self) {
        if let Err(error) = self.ports.neighbours.release(self.generation).await {
            log::debug!(error:err = error; "could not give a claim on neighbours back");
        }
    }
}

/// Adds the tastes of those who are looked at; says whether there was room for all of them.
fn add(
    builder: &mut TasteMatrixBuilder,
    tastes: Vec<TasteRecord>,
    sample: UserSample,
) -> Result<bool, RepositoryError> {
    for record in tastes {
        let row = record.user_id;
        let user = UserId::parse(row).map_err(|source| CorruptRecord {
            table: "users",
            column: "id",
            row,
            source,
        })?;
        if sample.has(user) && !builder.add(&Taste::try_from(record)?) {
            log::warn!("there are more ratings than neighbours are computed from");
            return Ok(false);
        }
    }
    Ok(true)
}
