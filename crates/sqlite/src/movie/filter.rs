use reelmark_application::ports::{MovieFilter, MoviePosition, RepositoryError};
use rusqlite::{Result, Statement};

use crate::error::Failure;
use crate::row::Json;

/// Gives a statement made with `filter.sql` what the filter says. A condition whose parameter is
/// NULL lets every movie pass.
pub(super) fn bind(statement: &mut Statement<'_>, filter: &MovieFilter) -> Result<()> {
    let genre_keys = (!filter.genre_keys.is_empty()).then_some(Json(&filter.genre_keys));
    statement.raw_bind_parameter(c":genre_keys", genre_keys)?;
    statement.raw_bind_parameter(c":year_from", filter.year_from)?;
    statement.raw_bind_parameter(c":year_to", filter.year_to)?;
    statement.raw_bind_parameter(c":runtime_from", filter.runtime_from)?;
    statement.raw_bind_parameter(c":runtime_to", filter.runtime_to)?;
    statement.raw_bind_parameter(c":language", &filter.language)?;
    statement.raw_bind_parameter(c":country", &filter.country)?;
    statement.raw_bind_parameter(c":rater", filter.rated.map(|rated| rated.user_id))?;
    statement.raw_bind_parameter(c":has_rated", filter.rated.map(|rated| rated.has_rated))?;
    let min_trend = filter.min_trend.unwrap_or(f64::NEG_INFINITY);
    statement.raw_bind_parameter(c":min_trend", min_trend)?;
    statement.raw_bind_parameter(c":min_ratings", filter.min_ratings)
}

/// A list can't start at a place of a list in another order.
pub(super) fn misplaced(position: &MoviePosition) -> Failure {
    let cause = format!("{position:?} is no place in this order");
    RepositoryError::Corrupt(cause.into()).into()
}
