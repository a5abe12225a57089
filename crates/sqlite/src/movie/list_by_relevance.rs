use reelmark_application::ports::{ListedMovieRecord, MovieFilter, MoviePosition};
use rusqlite::{Connection, Row};

use super::filter;
use super::row::{details_columns, next_details};
use crate::error::Result;
use crate::row::Cells;

/// Takes the page first and its details later, so that only the page's movies are looked up.
const LIST: &str = concat!(
    include_str!("matches.sql"),
    include_str!("list_by_relevance.sql"),
    include_str!("filter.sql"),
    "
), page AS MATERIALIZED (
    SELECT tier, missing, minus_count, length, id
    FROM ranked
    WHERE (tier, missing, minus_count, length, id)
        > (:after_tier, :after_missing, :after_count, :after_length, :after_id)
    ORDER BY tier, missing, minus_count, length, id
    LIMIT :limit
)
SELECT ",
    details_columns!(),
    ", page.tier, page.missing, page.minus_count, page.length, page.id
FROM page
CROSS JOIN movies ON movies.id = page.id
CROSS JOIN rating_summaries AS summaries ON summaries.movie_id = page.id
ORDER BY page.tier, page.missing, page.minus_count, page.length, page.id"
);

/// Behind nothing.
const BEFORE_ALL: [i64; 5] = [i64::MIN; 5];

pub(super) fn run(connection: &Connection, filter: &MovieFilter) -> Result<Vec<ListedMovieRecord>> {
    let [tier, missing, minus_count, length, id] = match &filter.after {
        None => BEFORE_ALL,
        Some(MoviePosition::Relevance(place)) => *place,
        Some(other) => return Err(filter::misplaced(other)),
    };
    let mut statement = connection.prepare_cached(LIST)?;
    filter::bind(&mut statement, filter)?;
    statement.raw_bind_parameter(c":after_tier", tier)?;
    statement.raw_bind_parameter(c":after_missing", missing)?;
    statement.raw_bind_parameter(c":after_count", minus_count)?;
    statement.raw_bind_parameter(c":after_length", length)?;
    statement.raw_bind_parameter(c":after_id", id)?;
    statement.raw_bind_parameter(c":limit", filter.limit)?;
    let movies = statement.raw_query().mapped(listed);
    Ok(movies.collect::<rusqlite::Result<_>>()?)
}

fn listed(row: &Row<'_>) -> rusqlite::Result<ListedMovieRecord> {
    let mut cells = Cells::of(row);
    let details = next_details(&mut cells)?;
    let mut place = [0; 5];
    for key in &mut place {
        *key = cells.take()?;
    }
    let position = MoviePosition::Relevance(place);
    Ok(ListedMovieRecord { details, position })
}
