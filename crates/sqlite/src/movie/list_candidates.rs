use std::collections::BTreeSet;

use reelmark_application::ports::{CANDIDATES_OF_KEY, CandidateQuery, MovieCandidateRecord};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::Result;
use crate::row::{Cells, Json};

const OF_TITLE: &str = "
    SELECT movies.id
    FROM movie_title_keys AS keys
    CROSS JOIN movies ON movies.id = keys.movie_id
    WHERE keys.title_key = ?1 AND movies.release_year BETWEEN ?2 - 1 AND ?2 + 1
    ORDER BY keys.movie_id
    LIMIT ?3";

const OF_ID: &str = "
    SELECT id FROM movies WHERE imdb_id = ?1
    UNION SELECT id FROM movies WHERE tmdb_id = ?2
    UNION SELECT id FROM movies WHERE movielens_id = ?3";

const CANDIDATE: &str = "
    SELECT id, title, original_title, alternative_titles, release_year, imdb_id, tmdb_id, movielens_id
    FROM movies
    WHERE id = ?1";

pub(super) fn run(
    connection: &Connection,
    wanted: &[CandidateQuery],
) -> Result<Vec<MovieCandidateRecord>> {
    let mut found = BTreeSet::new();
    let mut of_title = connection.prepare_cached(OF_TITLE)?;
    let mut of_id = connection.prepare_cached(OF_ID)?;
    for query in wanted {
        let ids = params![query.imdb, query.tmdb, query.movielens];
        extend(&mut found, of_id.query_map(ids, |row| row.get(0))?)?;
        let Some(year) = query.year else { continue };
        for key in &query.title_keys {
            let key = params![key, i64::from(year), CANDIDATES_OF_KEY];
            extend(&mut found, of_title.query_map(key, |row| row.get(0))?)?;
        }
    }
    let mut statement = connection.prepare_cached(CANDIDATE)?;
    let mut candidates = Vec::new();
    for id in found {
        candidates.extend(statement.query_row([id], candidate).optional()?);
    }
    Ok(candidates)
}

fn extend(
    found: &mut BTreeSet<i64>,
    ids: impl Iterator<Item = rusqlite::Result<i64>>,
) -> rusqlite::Result<()> {
    for id in ids {
        found.insert(id?);
    }
    Ok(())
}

fn candidate(row: &Row<'_>) -> rusqlite::Result<MovieCandidateRecord> {
    let mut cells = Cells::of(row);
    let (id, mut titles) = (cells.take()?, vec![cells.take()?]);
    titles.extend(cells.take::<Option<String>>()?);
    titles.extend(cells.take::<Json<Vec<String>>>()?.0);
    Ok(MovieCandidateRecord {
        id,
        titles,
        release_year: cells.take()?,
        imdb_id: cells.take()?,
        tmdb_id: cells.take()?,
        movielens_id: cells.take()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::EmptyStore;

    #[test]
    fn every_candidate_is_found_by_an_index() {
        let store = EmptyStore::new();
        for statement in [OF_TITLE, OF_ID, CANDIDATE] {
            assert_eq!(store.scans(statement), Vec::<String>::new(), "{statement}");
        }
    }
}
