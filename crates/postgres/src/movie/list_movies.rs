use reelmark_application::ports::{ListedMovieRecord, MovieFilter, MoviePosition, MovieSort};
use thiserror::Error;

use super::{list_by_relevance, list_sorted};
use crate::error::{Failure, Result};
use crate::store::PostgresStore;

/// The filter contradicts itself.
#[derive(Debug, Error)]
#[error("a list in the order {sort:?} can't start behind {after:?}")]
struct Misplaced {
    sort: MovieSort,
    after: Option<MoviePosition>,
}

pub(super) async fn run(
    store: &PostgresStore,
    filter: &MovieFilter,
) -> Result<Vec<ListedMovieRecord>> {
    match filter.sort {
        MovieSort::Relevance => list_by_relevance::run(store, filter).await,
        _ => list_sorted::run(store, filter).await,
    }
}

/// What to answer when the place behind which a list starts is of another order.
pub(super) fn misplaced(filter: &MovieFilter) -> Failure {
    let (sort, after) = (filter.sort, filter.after.clone());
    Failure::Corrupt(Box::new(Misplaced { sort, after }))
}
