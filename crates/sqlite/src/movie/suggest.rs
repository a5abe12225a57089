use std::collections::BTreeSet;

use reelmark_application::ports::{SearchTerms, SuggestionRecord};
use reelmark_domain::{ProbeKind, SUGGEST_BOUNDS, TypedTitle};
use rusqlite::{Connection, Row, params};

use super::search::{LONGER_WORDS, MOVIES_OF_WORD, WORDS_AROUND};
use crate::error::Result;
use crate::row::Cells;

const MOVIE: &str = "
    SELECT movies.id, movies.title, movies.original_title, movies.release_year,
        summaries.rating_count, summaries.weighted_score,
        movies.title_key, movies.original_title_key, movies.other_keys
    FROM movies
    CROSS JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id
    WHERE movies.id = ?1";

/// Where a suggestion stands among others.
type Place = (bool, i64, usize, i64);

pub(super) fn run(
    connection: &Connection,
    terms: &SearchTerms,
    limit: usize,
) -> Result<Vec<SuggestionRecord>> {
    let typed = TypedTitle::of(&terms.key);
    let mut statement = connection.prepare_cached(MOVIE)?;
    let mut found = Vec::new();
    for id in look_up(connection, &typed)? {
        let suggested = statement.query_map([id], |row| suggestion(row, &typed))?;
        for suggestion in suggested {
            found.extend(suggestion?);
        }
    }
    found.sort_unstable_by_key(|(place, _)| *place);
    Ok(found.into_iter().map(|(_, found)| found).take(limit).collect())
}

/// The movies that what was typed may lead to.
fn look_up(connection: &Connection, typed: &TypedTitle) -> Result<BTreeSet<i64>> {
    let mut of_word = connection.prepare_cached(MOVIES_OF_WORD)?;
    let mut found = BTreeSet::new();
    for probe in typed.probes() {
        let (words, most) = match probe.kind {
            ProbeKind::Beginning => (LONGER_WORDS, SUGGEST_BOUNDS.of_similar_word),
            ProbeKind::Inside => (WORDS_AROUND, SUGGEST_BOUNDS.of_similar_word),
            _ => ("", SUGGEST_BOUNDS.of_word),
        };
        let words: Vec<String> = if words.is_empty() {
            vec![probe.low]
        } else {
            let mut statement = connection.prepare_cached(words)?;
            let range = params![probe.low, probe.high, SUGGEST_BOUNDS.similar_words];
            let words = statement.query_map(range, |row| row.get(0))?;
            words.collect::<rusqlite::Result<_>>()?
        };
        for word in words {
            for id in of_word.query_map(params![word, most], |row| row.get(0))? {
                found.insert(id?);
            }
        }
    }
    Ok(found)
}

fn suggestion(
    row: &Row<'_>,
    typed: &TypedTitle,
) -> rusqlite::Result<Option<(Place, SuggestionRecord)>> {
    let mut cells = Cells::of(row);
    let found = SuggestionRecord {
        id: cells.take()?,
        title: cells.take()?,
        original_title: cells.take()?,
        release_year: cells.take()?,
        rating_count: cells.take()?,
        weighted_score: cells.take()?,
    };
    let keys: [String; 3] = [cells.take()?, cells.take()?, cells.take()?];
    let place = typed.place(keys.iter().flat_map(|keys| keys.lines()));
    let length = keys[0].chars().count();
    Ok(place.map(|is_part| ((is_part, -found.rating_count, length, found.id), found)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::EmptyStore;

    #[test]
    fn the_movie_is_found_by_an_index() {
        assert_eq!(EmptyStore::new().scans(MOVIE), Vec::<String>::new());
    }
}
