//! What all lists of movies, and the count of a list, have in common.
//!
//! Their statements are put together from constant parts: a part that joins what a filter asks for
//! lets the planner start from there, where `$1 IS NULL OR …` would make it walk through the whole
//! order in search of the few movies of a rare genre. They are planned anew for each request,
//! because what they ask for decides what the best plan is.

use reelmark_application::ports::MovieFilter;
use tokio_postgres::types::{ToSql, Type};

use super::search;
use crate::error::Result;
use crate::session::Session;

/// The movies and their summaries.
const FROM: &str = "
    FROM movies
    JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id";

const IN_GENRE: &str = "
    JOIN movie_genres AS genre ON genre.movie_id = movies.id AND genre.genre_key = $1";

/// The filters that need no other table. Years are compared in the form in which they are indexed,
/// in which a movie without a year has one.
const WHERE: &str = "
    WHERE ($2::integer IS NULL OR coalesce(movies.release_year, 0) >= $2)
        AND ($3::integer IS NULL OR coalesce(movies.release_year, 0) <= $3)
        AND (coalesce($2, $3) IS NULL OR movies.release_year IS NOT NULL)
        AND summaries.rating_count >= $4";

/// The movies that match a search are known by then, and pass the other filters too.
const FOUND: &str = "
        AND movies.id = ANY ($5)";

pub(super) type TypedParameter<'a> = (&'a (dyn ToSql + Sync), Type);

/// The values of `$1` to `$5`.
pub(super) struct FilterValues<'a> {
    filter: &'a MovieFilter,
    found: Vec<i64>,
}

/// Selects `columns` of the movies that pass the filters, and of these what `rest` says.
pub(super) fn select(columns: &str, filter: &MovieFilter, rest: &str) -> String {
    let found = filter.search.as_ref().map_or("", |_| FOUND);
    let in_genre = filter.genre_key.as_ref().map_or("", |_| IN_GENRE);
    ["\n    SELECT ", columns, FROM, in_genre, WHERE, found, rest].concat()
}

impl<'a> FilterValues<'a> {
    /// Looks up the movies that match the search, if there is one.
    pub(super) async fn of(session: &Session, filter: &'a MovieFilter) -> Result<Self> {
        let found = match &filter.search {
            None => Vec::new(),
            Some(terms) => search::matches(session, terms, filter).await?,
        };
        Ok(Self { filter, found: found.into_iter().map(|[.., id]| id).collect() })
    }

    pub(super) fn parameters(&self) -> Vec<TypedParameter<'_>> {
        vec![
            (&self.filter.genre_key, Type::TEXT),
            (&self.filter.year_from, Type::INT4),
            (&self.filter.year_to, Type::INT4),
            (&self.filter.min_ratings, Type::INT8),
            (&self.found, Type::INT8_ARRAY),
        ]
    }
}
