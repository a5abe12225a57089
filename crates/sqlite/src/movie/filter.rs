use reelmark_application::ports::{MovieFilter, MoviePosition, RepositoryError};
use rusqlite::{Result, Statement};

use crate::error::Failure;

/// Gives a statement made with `filter.sql` what the filter says. A condition whose parameter is
/// NULL lets every movie pass.
pub(super) fn bind(statement: &mut Statement<'_>, filter: &MovieFilter) -> Result<()> {
    statement.raw_bind_parameter(c":genre_key", &filter.genre_key)?;
    statement.raw_bind_parameter(c":year_from", filter.year_from)?;
    statement.raw_bind_parameter(c":year_to", filter.year_to)?;
    statement.raw_bind_parameter(c":min_ratings", filter.min_ratings)
}

/// A list can't start at a place of a list in another order.
pub(super) fn misplaced(position: &MoviePosition) -> Failure {
    let cause = format!("{position:?} is no place in this order");
    RepositoryError::Corrupt(cause.into()).into()
}
