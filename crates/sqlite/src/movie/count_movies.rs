use reelmark_application::ports::MovieFilter;
use rusqlite::Connection;

use super::{filter, search};
use crate::error::Result;

const COUNT: &str = concat!(
    "SELECT count(*)
FROM movies
JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id
WHERE ",
    include_str!("filter.sql")
);

pub(super) fn run(connection: &Connection, filter: &MovieFilter) -> Result<u64> {
    if let Some(terms) = &filter.search {
        return Ok(search::matches(connection, terms, filter)?.len() as u64);
    }
    let mut statement = connection.prepare_cached(COUNT)?;
    filter::bind(&mut statement, filter)?;
    let mut rows = statement.raw_query();
    let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    Ok(row.get(0)?)
}
