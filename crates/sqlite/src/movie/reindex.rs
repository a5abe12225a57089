//! Takes up the words of movies that were stored by a release that took them in another way.

use reelmark_domain::TitleIndex;
use rusqlite::{Connection, params};

use super::words::{SEARCH_VERSION, forget_words, store_words};
use crate::error::Result;

/// How many movies one transaction takes up.
const AT_ONCE: usize = 1_000;

const NEXT: &str = "
    SELECT movies.id, movies.title_key, movies.original_title_key, summaries.rating_count
    FROM movies
    CROSS JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id
    WHERE movies.search_version < ?1
    LIMIT ?2";

const MARK: &str = "UPDATE movies SET search_version = ?2 WHERE id = ?1";

pub(crate) fn run(connection: &mut Connection) -> Result<()> {
    loop {
        let transaction = connection.transaction()?;
        if take_up(&transaction)? == 0 {
            return Ok(());
        }
        transaction.commit()?;
    }
}

fn take_up(connection: &Connection) -> Result<usize> {
    let mut statement = connection.prepare_cached(NEXT)?;
    let movies = statement.query_map(params![SEARCH_VERSION, AT_ONCE], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    })?;
    let movies: Vec<(i64, String, String, i64)> = movies.collect::<rusqlite::Result<_>>()?;
    for (id, title_key, original_title_key, ratings) in &movies {
        forget_words(connection, *id)?;
        let titles = TitleIndex::of([title_key.as_str(), original_title_key]);
        store_words(connection, *id, &titles, *ratings)?;
        connection.prepare_cached(MARK)?.execute(params![id, SEARCH_VERSION])?;
    }
    Ok(movies.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::EmptyStore;

    #[test]
    fn movies_of_an_older_version_are_found_by_an_index() {
        let store = EmptyStore::new();
        for statement in [NEXT, MARK] {
            assert_eq!(store.scans(statement), Vec::<String>::new(), "{statement}");
        }
    }
}
