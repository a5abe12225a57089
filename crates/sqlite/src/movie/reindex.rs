//! Takes up what movies are found by that were stored by a release that made it in another way.

use reelmark_application::ports::MovieIndex;
use rusqlite::{Connection, Row, params};

use super::words::{Findable, SEARCH_VERSION, forget_words, store_words};
use crate::error::Result;
use crate::row::{Cells, Json};

/// How many movies one transaction takes up.
const AT_ONCE: usize = 1_000;

const NEXT: &str = "
    SELECT movies.id, movies.title, movies.original_title, movies.alternative_titles,
        summaries.rating_count
    FROM movies
    CROSS JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id
    WHERE movies.search_version < ?1
    LIMIT ?2";

const MARK: &str = "
    UPDATE movies
    SET search_version = ?2, title_key = ?3, original_title_key = ?4, other_keys = ?5
    WHERE id = ?1";

/// A movie's id, what it is found by, and its number of ratings.
type Movie = (i64, MovieIndex, i64);

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
    let movies = statement.query_map(params![SEARCH_VERSION, AT_ONCE], movie)?;
    let movies: Vec<Movie> = movies.collect::<rusqlite::Result<_>>()?;
    for (id, index, _) in &movies {
        forget_words(connection, *id)?;
        let others = index.other_keys.join("\n");
        let keys = params![id, SEARCH_VERSION, index.title_key, index.original_title_key, others];
        connection.prepare_cached(MARK)?.execute(keys)?;
    }
    let findable = movies.iter();
    let findable =
        findable.map(|(id, index, ratings)| Findable { id: *id, index, ratings: *ratings });
    store_words(connection, &findable.collect::<Vec<_>>())?;
    Ok(movies.len())
}

fn movie(row: &Row<'_>) -> rusqlite::Result<Movie> {
    let mut cells = Cells::of(row);
    let (id, title): (_, String) = (cells.take()?, cells.take()?);
    let original_title = cells.take::<Option<String>>()?.unwrap_or_default();
    let others: Vec<String> = cells.take::<Json<_>>()?.0;
    Ok((id, MovieIndex::of_titles(&title, &original_title, &others), cells.take()?))
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
