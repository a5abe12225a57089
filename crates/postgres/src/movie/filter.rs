//! What all lists of movies, and the count of a list, have in common.
//!
//! Their statements are put together from constant parts: a part that joins what a filter asks for
//! lets the planner start from there, where `$1 IS NULL OR …` would make it walk through the whole
//! order in search of the few movies of a rare genre. They are planned anew for each request,
//! because what they ask for decides what the best plan is.

use reelmark_application::ports::{MovieFilter, min_shared_trigrams};
use tokio_postgres::types::{ToSql, Type};

use crate::row::limited;

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

/// How many of the search trigrams movies share, where they share any.
const SHARED: &str = "
    WITH shared AS (
        SELECT movie_id, count(*) AS trigrams
        FROM movie_trigrams
        WHERE trigram = ANY ($6)
        GROUP BY movie_id
    )";

const RESEMBLING: &str = "
    JOIN shared ON shared.movie_id = movies.id AND shared.trigrams >= $7";

const RESEMBLING_OR_NOT: &str = "
    LEFT JOIN shared ON shared.movie_id = movies.id";

const CONTAINING_OR_RESEMBLING: &str = "
        AND (strpos(movies.title_key, $5) > 0
            OR strpos(movies.original_title_key, $5) > 0
            OR shared.trigrams >= $7)";

/// A title that contains the search key lacks three of its trigrams at most: the two before its
/// first word and the one behind its last, when these words are parts of longer ones in the title.
/// Of so many trigrams the others are enough to resemble. So whatever contains also resembles, and
/// is found without reading every title.
const ENOUGH_TRIGRAMS: usize = 5;

pub(super) type TypedParameter<'a> = (&'a (dyn ToSql + Sync), Type);

/// The values of `$1` to `$7`.
pub(super) struct FilterValues<'a> {
    filter: &'a MovieFilter,
    search_key: Option<&'a str>,
    trigrams: &'a [String],
    min_shared_trigrams: i64,
}

/// Selects `columns` of the movies that pass the filters, and of these what `rest` says.
pub(super) fn select(columns: &str, filter: &MovieFilter, rest: &str) -> String {
    let shared = filter.search.as_ref().map_or("", |_| SHARED);
    [shared, "\n    SELECT ", columns, &passing(filter), rest].concat()
}

/// The clauses from `FROM` to `WHERE` that leave the movies that pass the filters.
fn passing(filter: &MovieFilter) -> String {
    let (join, condition) = match &filter.search {
        None => ("", ""),
        Some(terms) if terms.trigrams.len() >= ENOUGH_TRIGRAMS => (RESEMBLING, ""),
        Some(_) => (RESEMBLING_OR_NOT, CONTAINING_OR_RESEMBLING),
    };
    let in_genre = filter.genre_key.as_ref().map_or("", |_| IN_GENRE);
    [FROM, join, in_genre, WHERE, condition].concat()
}

impl<'a> FilterValues<'a> {
    pub(super) fn of(filter: &'a MovieFilter) -> Self {
        let search = filter.search.as_ref();
        let trigrams = search.map_or(&[] as &[String], |terms| &terms.trigrams);
        Self {
            filter,
            search_key: search.map(|terms| terms.key.as_str()),
            trigrams,
            min_shared_trigrams: limited(min_shared_trigrams(trigrams.len())),
        }
    }

    pub(super) fn parameters(&self) -> Vec<TypedParameter<'_>> {
        vec![
            (&self.filter.genre_key, Type::TEXT),
            (&self.filter.year_from, Type::INT4),
            (&self.filter.year_to, Type::INT4),
            (&self.filter.min_ratings, Type::INT8),
            (&self.search_key, Type::TEXT),
            (&self.trigrams, Type::TEXT_ARRAY),
            (&self.min_shared_trigrams, Type::INT8),
        ]
    }
}

#[cfg(test)]
mod tests {
    use reelmark_domain::search_trigrams;

    use super::*;

    #[test]
    fn a_title_that_lacks_three_of_enough_trigrams_resembles() {
        for searched in ENOUGH_TRIGRAMS..1_000 {
            assert!(searched - 3 >= min_shared_trigrams(searched), "{searched}");
        }
    }

    #[test]
    fn a_title_lacks_three_trigrams_of_any_part_of_it_at_most() {
        for title in ["the thing from another world", "aaaa aaab a", "a b ab abc", "七人の侍 7"]
        {
            let theirs = search_trigrams(title);
            for part in parts(title) {
                let searched = search_trigrams(part);
                let lacking = searched.iter().filter(|trigram| !theirs.contains(trigram));
                assert!(lacking.count() <= 3, "{part:?} in {title:?}");
            }
        }
    }

    fn parts(title: &str) -> impl Iterator<Item = &str> {
        let places: Vec<usize> = title.char_indices().map(|(place, _)| place).collect();
        let starts = places.into_iter().map(|place| &title[place..]);
        starts.flat_map(|rest| rest.char_indices().map(move |(place, _)| rest[..place].trim()))
    }
}
