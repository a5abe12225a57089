use reelmark_application::ports::{ListedMovieRecord, MovieFilter, MovieSort};
use rusqlite::Connection;

use super::list_by_relevance;
use super::list_sorted::{
    self, BY_ADDED, BY_RATING_COUNT, BY_RELEASE_YEAR, BY_TREND, BY_WEIGHTED_SCORE,
};
use crate::error::Result;

/// Every page starts behind a place, even the first one, where it is a place that no movie has. So
/// all pages of a list run one statement, which enters its index where the page starts.
pub(super) fn run(connection: &Connection, filter: &MovieFilter) -> Result<Vec<ListedMovieRecord>> {
    let by_number = |list| list_sorted::by_number(connection, list, filter);
    match filter.sort {
        MovieSort::Title => list_sorted::by_title(connection, filter),
        MovieSort::ReleaseYear => by_number(&BY_RELEASE_YEAR),
        MovieSort::WeightedScore => by_number(&BY_WEIGHTED_SCORE),
        MovieSort::RatingCount => by_number(&BY_RATING_COUNT),
        MovieSort::Trend => by_number(&BY_TREND),
        MovieSort::Added => by_number(&BY_ADDED),
        MovieSort::Relevance => list_by_relevance::run(connection, filter),
    }
}
