use reelmark_application::ports::MovieFilter;
use rusqlite::Connection;

use super::filter;
use crate::error::Result;

macro_rules! count {
    ($from:literal) => {
        concat!(
            include_str!("matches.sql"),
            "SELECT count(*)\nFROM ",
            $from,
            "\nJOIN rating_summaries AS summaries ON summaries.movie_id = movies.id\nWHERE ",
            include_str!("filter.sql")
        )
    };
}

const COUNT: &str = count!("movies");

const COUNT_MATCHES: &str = count!("matches CROSS JOIN movies ON movies.id = matches.movie_id");

pub(super) fn run(connection: &Connection, filter: &MovieFilter) -> Result<u64> {
    let text = match filter.search {
        Some(_) => COUNT_MATCHES,
        None => COUNT,
    };
    let mut statement = connection.prepare_cached(text)?;
    filter::bind(&mut statement, filter)?;
    let mut rows = statement.raw_query();
    let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    Ok(row.get(0)?)
}
