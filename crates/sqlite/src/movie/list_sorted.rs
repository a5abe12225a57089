use reelmark_application::ports::{ListedMovieRecord, MovieFilter, MoviePosition};
use rusqlite::types::{FromSql, ToSql};
use rusqlite::{Connection, Row};

use super::row::{details_columns, next_details};
use super::{filter, search};
use crate::error::Result;
use crate::row::{Cells, Json};

/// A list in one order.
pub(super) struct List {
    /// Enters the index of this order behind a place, follows it, and stops when it has enough.
    of_all: &'static str,
    /// Sorts some movies, which are few.
    of_few: &'static str,
}

/// `CROSS JOIN` keeps the first table the outer one.
macro_rules! list {
    ($from:literal, behind ($key:literal, $id:literal) $than:literal, $order:literal) => {
        List {
            of_all: statement!($from, ($key, $id) $than, $order),
            of_few: statement!(
                "json_each(:few) AS few
CROSS JOIN movies ON movies.id = few.value
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
        let mut statement = match few(connection, filter)? {
            None => connection.prepare_cached(self.of_all)?,
            Some(ids) => {
                let mut statement = connection.prepare_cached(self.of_few)?;
                statement.raw_bind_parameter(c":few", Json(ids))?;
                statement
            }
        };
        statement.raw_bind_parameter(c":after_key", key)?;
        statement.raw_bind_parameter(c":after_id", id)?;
        filter::bind(&mut statement, filter)?;
        statement.raw_bind_parameter(c":limit", filter.limit)?;
        let movies = statement.raw_query().mapped(|row| listed(row, position));
        Ok(movies.collect::<rusqlite::Result<_>>()?)
    }
}

/// What a filter lets pass, when that is few: walking through an order in search of them would take
/// longer than sorting them.
const OF_GENRE: &str = "SELECT movie_id FROM movie_genres WHERE genre_key = ?2 LIMIT ?1";

const OF_COUNTRY: &str = "SELECT movie_id FROM movie_countries WHERE country = ?2 LIMIT ?1";

const OF_LANGUAGE: &str = "SELECT id FROM movies WHERE original_language = ?2 LIMIT ?1";

const OF_RATER: &str = "SELECT movie_id FROM ratings WHERE user_id = ?2 LIMIT ?1";

const OF_RUNTIME: &str = "SELECT id FROM movies WHERE runtime_minutes BETWEEN ?2 AND ?3 LIMIT ?1";

/// What so many movies have is met soon enough in any order.
const MANY: usize = 2_000;

/// The only movies that the list can hold, when that is known and they are few.
fn few(connection: &Connection, filter: &MovieFilter) -> Result<Option<Vec<i64>>> {
    if let Some(terms) = &filter.search {
        let found = search::matches(connection, terms, filter)?;
        return Ok(Some(found.into_iter().map(|[.., id]| id).collect()));
    }
    let rater = filter.rated.filter(|rated| rated.has_rated).map(|rated| rated.user_id);
    let (from, to) = (filter.runtime_from.unwrap_or(0), filter.runtime_to.unwrap_or(i32::MAX));
    let mut narrowed: Vec<(&str, Vec<&dyn ToSql>)> = Vec::new();
    narrowed.extend(filter.genre_keys.iter().map(|key| (OF_GENRE, vec![key as &dyn ToSql])));
    narrowed.extend(filter.country.iter().map(|code| (OF_COUNTRY, vec![code as &dyn ToSql])));
    narrowed.extend(filter.language.iter().map(|code| (OF_LANGUAGE, vec![code as &dyn ToSql])));
    narrowed.extend(rater.iter().map(|id| (OF_RATER, vec![id as &dyn ToSql])));
    if filter.runtime_from.is_some() || filter.runtime_to.is_some() {
        narrowed.push((OF_RUNTIME, vec![&from, &to]));
    }
    for (text, values) in narrowed {
        let values = [&[&MANY as &dyn ToSql][..], &values].concat();
        let mut statement = connection.prepare_cached(text)?;
        let movies = statement.query_map(&*values, |row| row.get(0))?;
        let movies: Vec<i64> = movies.collect::<rusqlite::Result<_>>()?;
        if movies.len() < MANY {
            return Ok(Some(movies));
        }
    }
    Ok(None)
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
    fn what_a_filter_lets_pass_is_found_by_an_index() {
        let store = EmptyStore::new();
        for statement in [OF_GENRE, OF_COUNTRY, OF_LANGUAGE, OF_RATER, OF_RUNTIME] {
            assert_eq!(store.scans(statement), Vec::<String>::new(), "{statement}");
        }
    }

    #[test]
    fn every_list_enters_its_index_where_the_page_starts() {
        let store = EmptyStore::new();
        let lists = [
            (BY_TITLE, "movies_by_title ((title_key,id_key)>(?,?))"),
            (BY_RELEASE_YEAR, "movies_by_release_year ((release_year_key,id_key)<(?,?))"),
            (BY_ADDED, "movies_by_added ((created_at,id_key)<(?,?))"),
            (BY_WEIGHTED_SCORE, "by_weighted_score ((weighted_score,movie_id)<(?,?))"),
            (BY_TREND, "by_trend (trend>? AND (trend,movie_id)<(?,?))"),
            (BY_RATING_COUNT, "by_count (rating_count>? AND (rating_count,movie_id)<(?,?))"),
        ];
        for (list, entry) in lists {
            let plan = store.plan(list.of_all);
            assert!(follows_index(&plan, entry), "{entry}: {plan:#?}");
        }
    }
}
