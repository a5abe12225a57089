use reelmark_application::ports::{ListedMovieRecord, MovieFilter, MoviePosition};
use rusqlite::types::FromSql;
use rusqlite::{Connection, Row, Statement};

use super::filter;
use super::row::{details_columns, next_details};
use crate::error::Result;
use crate::row::Cells;

/// A list in the order of an index: it enters the index behind a place, follows it, and stops when
/// it has enough. `CROSS JOIN` keeps the table of that index the outer one.
macro_rules! list {
    ($from:literal, behind ($key:literal, $id:literal) $than:literal, $order:literal) => {
        concat!(
            include_str!("matches.sql"),
            "SELECT ",
            details_columns!(),
            ", ",
            $key,
            "\nFROM ",
            $from,
            "\nWHERE (",
            $key,
            ", ",
            $id,
            ") ",
            $than,
            " (:after_key, :after_id)\n    AND ",
            include_str!("filter.sql"),
            "    AND (:search_key IS NULL OR movies.id IN (SELECT movie_id FROM matches))
ORDER BY ",
            $key,
            $order,
            ", ",
            $id,
            $order,
            "\nLIMIT :limit"
        )
    };
}

const BY_TITLE: &str = list!(
    "movies CROSS JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id",
    behind ("movies.title_key", "movies.id_key") ">",
    " ASC"
);

pub(super) const BY_RELEASE_YEAR: &str = list!(
    "movies CROSS JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id",
    behind ("movies.release_year_key", "movies.id_key") "<",
    " DESC"
);

pub(super) const BY_ADDED: &str = list!(
    "movies CROSS JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id",
    behind ("movies.created_at", "movies.id_key") "<",
    " DESC"
);

pub(super) const BY_WEIGHTED_SCORE: &str = list!(
    "rating_summaries AS summaries CROSS JOIN movies ON movies.id = summaries.movie_id",
    behind ("summaries.weighted_score", "summaries.movie_id") "<",
    " DESC"
);

pub(super) const BY_RATING_COUNT: &str = list!(
    "rating_summaries AS summaries CROSS JOIN movies ON movies.id = summaries.movie_id",
    behind ("summaries.rating_count", "summaries.movie_id") "<",
    " DESC"
);

pub(super) const BY_TREND: &str = list!(
    "rating_summaries AS summaries CROSS JOIN movies ON movies.id = summaries.movie_id",
    behind ("summaries.trend", "summaries.movie_id") "<",
    " DESC"
);

/// Behind nothing: movies have positive ids.
const BEFORE_TITLES: (&str, i64) = ("", 0);
const BEFORE_NUMBERS: (f64, i64) = (f64::INFINITY, i64::MAX);

/// The list by title.
pub(super) fn by_title(
    connection: &Connection,
    filter: &MovieFilter,
) -> Result<Vec<ListedMovieRecord>> {
    let (key, id) = match &filter.after {
        None => BEFORE_TITLES,
        Some(MoviePosition::Title(key, id)) => (key.as_str(), *id),
        Some(other) => return Err(filter::misplaced(other)),
    };
    let mut statement = connection.prepare_cached(BY_TITLE)?;
    statement.raw_bind_parameter(c":after_key", key)?;
    statement.raw_bind_parameter(c":after_id", id)?;
    list(&mut statement, filter, MoviePosition::Title)
}

/// A list by a number.
pub(super) fn by_number(
    connection: &Connection,
    text: &str,
    filter: &MovieFilter,
) -> Result<Vec<ListedMovieRecord>> {
    let (number, id) = match &filter.after {
        None => BEFORE_NUMBERS,
        Some(MoviePosition::Number(number, id)) => (*number, *id),
        Some(other) => return Err(filter::misplaced(other)),
    };
    let mut statement = connection.prepare_cached(text)?;
    statement.raw_bind_parameter(c":after_key", number)?;
    statement.raw_bind_parameter(c":after_id", id)?;
    list(&mut statement, filter, MoviePosition::Number)
}

fn list<K: FromSql>(
    statement: &mut Statement<'_>,
    filter: &MovieFilter,
    position: fn(K, i64) -> MoviePosition,
) -> Result<Vec<ListedMovieRecord>> {
    filter::bind(statement, filter)?;
    statement.raw_bind_parameter(c":limit", filter.limit)?;
    let movies = statement.raw_query().mapped(|row| listed(row, position));
    Ok(movies.collect::<rusqlite::Result<_>>()?)
}

fn listed<K: FromSql>(
    row: &Row<'_>,
    position: fn(K, i64) -> MoviePosition,
) -> rusqlite::Result<ListedMovieRecord> {
    let mut cells = Cells::of(row);
    let details = next_details(&mut cells)?;
    let position = position(cells.take()?, details.movie.id);
    Ok(ListedMovieRecord { details, position })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{EmptyStore, follows_index};

    #[test]
    fn every_list_enters_its_index_where_the_page_starts() {
        let store = EmptyStore::new();
        let lists = [
            (BY_TITLE, "movies_by_title ((title_key,id_key)>(?,?))"),
            (BY_RELEASE_YEAR, "movies_by_release_year ((release_year_key,id_key)<(?,?))"),
            (BY_ADDED, "movies_by_added ((created_at,id_key)<(?,?))"),
            (BY_WEIGHTED_SCORE, "by_weighted_score ((weighted_score,movie_id)<(?,?))"),
            (BY_TREND, "by_trend ((trend,movie_id)<(?,?))"),
            (BY_RATING_COUNT, "by_count (rating_count>? AND (rating_count,movie_id)<(?,?))"),
        ];
        for (list, entry) in lists {
            let plan = store.plan(list);
            assert!(follows_index(&plan, entry), "{entry}: {plan:#?}");
        }
    }
}
