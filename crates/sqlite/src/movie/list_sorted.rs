use reelmark_application::ports::{ListedMovieRecord, MovieFilter, MoviePosition, SearchTerms};
use rusqlite::types::{FromSql, ToSql};
use rusqlite::{CachedStatement, Connection, Row};

use super::row::{details_columns, next_details};
use super::{filter, search};
use crate::error::Result;
use crate::row::{Cells, Json};

/// A list in one order.
pub(super) struct List {
    /// Enters the index of this order behind a place, follows it, and stops when it has enough.
    of_all: &'static str,
    /// Sorts the movies that a search found, which are few.
    of_found: &'static str,
}

/// `CROSS JOIN` keeps the first table the outer one.
macro_rules! list {
    ($from:literal, behind ($key:literal, $id:literal) $than:literal, $order:literal) => {
        List {
            of_all: statement!($from, ($key, $id) $than, $order),
            of_found: statement!(
                "json_each(:found) AS found
CROSS JOIN movies ON movies.id = found.value
CROSS JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id",
                ($key, $id) $than, $order
            ),
        }
    };
}

macro_rules! statement {
    ($from:literal, ($key:literal, $id:literal) $than:literal, $order:literal) => {
        concat!(
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
            "ORDER BY ",
            $key,
            $order,
            ", ",
            $id,
            $order,
            "\nLIMIT :limit"
        )
    };
}

const BY_TITLE: List = list!(
    "movies CROSS JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id",
    behind ("movies.title_key", "movies.id_key") ">",
    " ASC"
);

pub(super) const BY_RELEASE_YEAR: List = list!(
    "movies CROSS JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id",
    behind ("movies.release_year_key", "movies.id_key") "<",
    " DESC"
);

pub(super) const BY_ADDED: List = list!(
    "movies CROSS JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id",
    behind ("movies.created_at", "movies.id_key") "<",
    " DESC"
);

pub(super) const BY_WEIGHTED_SCORE: List = list!(
    "rating_summaries AS summaries CROSS JOIN movies ON movies.id = summaries.movie_id",
    behind ("summaries.weighted_score", "summaries.movie_id") "<",
    " DESC"
);

pub(super) const BY_RATING_COUNT: List = list!(
    "rating_summaries AS summaries CROSS JOIN movies ON movies.id = summaries.movie_id",
    behind ("summaries.rating_count", "summaries.movie_id") "<",
    " DESC"
);

pub(super) const BY_TREND: List = list!(
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
    BY_TITLE.read(connection, filter, (&key, id), MoviePosition::Title)
}

/// A list by a number.
pub(super) fn by_number(
    connection: &Connection,
    list: &List,
    filter: &MovieFilter,
) -> Result<Vec<ListedMovieRecord>> {
    let (number, id) = match &filter.after {
        None => BEFORE_NUMBERS,
        Some(MoviePosition::Number(number, id)) => (*number, *id),
        Some(other) => return Err(filter::misplaced(other)),
    };
    list.read(connection, filter, (&number, id), MoviePosition::Number)
}

impl List {
    fn read<K: FromSql>(
        &self,
        connection: &Connection,
        filter: &MovieFilter,
        (key, id): (&dyn ToSql, i64),
        position: fn(K, i64) -> MoviePosition,
    ) -> Result<Vec<ListedMovieRecord>> {
        let mut statement = match &filter.search {
            None => connection.prepare_cached(self.of_all)?,
            Some(terms) => self.prepare_of_found(connection, terms, filter)?,
        };
        statement.raw_bind_parameter(c":after_key", key)?;
        statement.raw_bind_parameter(c":after_id", id)?;
        filter::bind(&mut statement, filter)?;
        statement.raw_bind_parameter(c":limit", filter.limit)?;
        let movies = statement.raw_query().mapped(|row| listed(row, position));
        Ok(movies.collect::<rusqlite::Result<_>>()?)
    }

    fn prepare_of_found<'c>(
        &self,
        connection: &'c Connection,
        terms: &SearchTerms,
        filter: &MovieFilter,
    ) -> Result<CachedStatement<'c>> {
        let found = search::matches(connection, terms, filter)?;
        let ids: Vec<i64> = found.into_iter().map(|[.., id]| id).collect();
        let mut statement = connection.prepare_cached(self.of_found)?;
        statement.raw_bind_parameter(c":found", Json(ids))?;
        Ok(statement)
    }
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
            let plan = store.plan(list.of_all);
            assert!(follows_index(&plan, entry), "{entry}: {plan:#?}");
        }
    }
}
