//! The movies that match search terms.
//!
//! What may match is looked up and bounded here, as the port says; how well each of the movies does
//! is then told by the domain. So the cost depends on the bounds, not on how many titles have a word
//! in common.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use reelmark_application::ports::{MovieFilter, SearchTerms};
use reelmark_domain::{Probe, ProbeKind, SEARCH_BOUNDS, SearchBounds, TitleSearch};
use rusqlite::{Connection, Statement, params};

use crate::error::Result;

const MOVIES_OF_WORD: &str = "
    SELECT movie_id, popularity FROM movie_words
    WHERE word = ?1
    ORDER BY popularity DESC, movie_id DESC
    LIMIT ?2";

const LONGER_WORDS: &str = "
    SELECT word FROM search_words WHERE word > ?1 AND word < ?2 ORDER BY word LIMIT ?3";

const WORDS_AROUND: &str = "
    SELECT word FROM word_endings WHERE ending >= ?1 AND ending < ?2 ORDER BY ending, word LIMIT ?3";

const WORDS_MISTYPED: &str = "
    SELECT word FROM word_typos WHERE shortened = ?1 ORDER BY word LIMIT ?2";

const CANDIDATE: &str = "
    SELECT movies.title_key, movies.original_title_key, movies.other_keys, summaries.rating_count
    FROM movies
    CROSS JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id
    WHERE movies.id = ?1";

const PASSES: &str = "
    SELECT EXISTS (
        SELECT 1 FROM movies
        CROSS JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id
        WHERE movies.id = ?1
            AND (?2 IS NULL OR EXISTS (
                SELECT 1 FROM movie_genres WHERE genre_key = ?2 AND movie_id = movies.id
            ))
            AND (?3 IS NULL OR movies.release_year >= ?3)
            AND (?4 IS NULL OR movies.release_year <= ?4)
            AND summaries.rating_count >= ?5
    )";

/// The movies looked up so far, and how.
#[derive(Default)]
struct Found {
    movies: HashMap<i64, Evidence>,
    /// How many were found for each searched word.
    of_part: HashMap<usize, usize>,
}

#[derive(Clone, Copy)]
struct Evidence {
    parts: u32,
    best: ProbeKind,
    popularity: i64,
}

/// The places of all movies that match and pass the other filters, best match first.
pub(super) fn matches(
    connection: &Connection,
    terms: &SearchTerms,
    filter: &MovieFilter,
) -> Result<Vec<[i64; 5]>> {
    let search = TitleSearch::of(&terms.key);
    let found = look_up(connection, &search)?;
    let candidates = bounded(connection, found, filter)?;
    let mut statement = connection.prepare_cached(CANDIDATE)?;
    let mut places = Vec::new();
    for id in candidates {
        places.extend(place(&mut statement, &search, id)?);
    }
    places.sort_unstable();
    Ok(places)
}

fn place(statement: &mut Statement<'_>, search: &TitleSearch, id: i64) -> Result<Option<[i64; 5]>> {
    let mut rows = statement.query([id])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let keys = [text(row.get_ref(0)?.as_str())?, text(row.get_ref(1)?.as_str())?];
    let others = text(row.get_ref(2)?.as_str())?;
    let Some(found) = search.matches(&keys, others.lines()) else {
        return Ok(None);
    };
    let ratings: i64 = row.get(3)?;
    let length = i64::try_from(keys[0].chars().count()).unwrap_or(i64::MAX);
    Ok(Some([found.tier, found.missing, -ratings, length, id]))
}

fn text<T>(cell: rusqlite::types::FromSqlResult<T>) -> rusqlite::Result<T> {
    cell.map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into())
    })
}

fn look_up(connection: &Connection, search: &TitleSearch) -> Result<Found> {
    let (probes, bounds) = (search.probes(), search.bounds());
    let mut found = Found::default();
    let is_direct = |probe: &&Probe| probe.kind <= ProbeKind::Beginning;
    for probe in probes.iter().filter(is_direct) {
        for (word, most) in words(connection, probe, bounds)? {
            found.take(connection, probe.word, probe.kind, &word, most)?;
        }
    }
    let scarce: Vec<_> =
        probes.iter().filter(|probe| !is_direct(probe) && found.is_scarce(probe)).collect();
    let mut similar = BTreeMap::new();
    for probe in scarce {
        for (word, _) in words(connection, probe, bounds)? {
            let best = similar.entry((probe.word, word)).or_insert(probe.kind);
            *best = probe.kind.min(*best);
        }
    }
    for ((part, word), kind) in similar {
        found.take(connection, part, kind, &word, SEARCH_BOUNDS.of_similar_word)?;
    }
    Ok(found)
}

/// The words that a probe leads to, and how many movies of each are looked at.
fn words(
    connection: &Connection,
    probe: &Probe,
    bounds: SearchBounds,
) -> Result<Vec<(String, usize)>> {
    let (range, of_similar) = (bounds.similar_words, bounds.of_similar_word);
    let (text, is_range) = match probe.kind {
        ProbeKind::Title | ProbeKind::Word => {
            return Ok(vec![(probe.low.clone(), bounds.of_word)]);
        }
        ProbeKind::ShortBeginning | ProbeKind::Shorter => {
            return Ok(vec![(probe.low.clone(), of_similar)]);
        }
        ProbeKind::Beginning => (LONGER_WORDS, true),
        ProbeKind::Inside => (WORDS_AROUND, true),
        ProbeKind::Shortened => (WORDS_MISTYPED, false),
    };
    let mut statement = connection.prepare_cached(text)?;
    let rows = if is_range {
        statement.query(params![probe.low, probe.high, range])?
    } else {
        statement.query(params![probe.low, range])?
    };
    let words = rows.mapped(|row| Ok((row.get(0)?, of_similar)));
    Ok(words.collect::<rusqlite::Result<_>>()?)
}

impl Found {
    fn take(
        &mut self,
        connection: &Connection,
        part: usize,
        kind: ProbeKind,
        word: &str,
        most: usize,
    ) -> Result<()> {
        let mut statement = connection.prepare_cached(MOVIES_OF_WORD)?;
        let mut rows = statement.query(params![word, most])?;
        while let Some(row) = rows.next()? {
            let popularity = row.get(1)?;
            let new = Evidence { parts: 0, best: kind, popularity };
            let evidence = self.movies.entry(row.get(0)?).or_insert(new);
            evidence.parts |= 1 << part;
            evidence.best = evidence.best.min(kind);
            *self.of_part.entry(part).or_default() += 1;
        }
        Ok(())
    }

    fn is_scarce(&self, probe: &Probe) -> bool {
        self.of_part.get(&probe.word).is_none_or(|movies| *movies < SEARCH_BOUNDS.enough)
    }
}

/// The best of what was found, of what passes the other filters.
fn bounded(connection: &Connection, found: Found, filter: &MovieFilter) -> Result<Vec<i64>> {
    let mut movies: Vec<_> = found.movies.into_iter().collect();
    movies.sort_unstable_by_key(|(id, evidence)| {
        let Evidence { parts, best, popularity } = *evidence;
        let is_other_title = best != ProbeKind::Title;
        (is_other_title, Reverse(parts.count_ones()), best, Reverse(popularity), Reverse(*id))
    });
    let mut candidates = Vec::new();
    let mut statement = connection.prepare_cached(PASSES)?;
    for (id, _) in movies {
        if candidates.len() == SEARCH_BOUNDS.candidates {
            break;
        }
        let MovieFilter { genre_key, year_from, year_to, min_ratings, .. } = filter;
        let others = params![id, genre_key, year_from, year_to, min_ratings];
        if !filter.is_narrowed() || statement.query_one(others, |row| row.get(0))? {
            candidates.push(id);
        }
    }
    Ok(candidates)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::EmptyStore;

    #[test]
    fn every_read_enters_an_index_where_it_starts() {
        let store = EmptyStore::new();
        for statement in
            [MOVIES_OF_WORD, LONGER_WORDS, WORDS_AROUND, WORDS_MISTYPED, CANDIDATE, PASSES]
        {
            assert_eq!(store.scans(statement), Vec::<String>::new(), "{statement}");
        }
    }
}
