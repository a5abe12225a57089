//! Takes up what movies are found by that were stored by a release that made it in another way.

use reelmark_application::ports::TitleKeys;
use reelmark_domain::TitleIndex;
use rusqlite::{Connection, Row, params};

use super::words::{SEARCH_VERSION, forget_words, store_title_keys, store_words};
use crate::error::Result;
use crate::row::{Cells, Json};

/// How many movies one transaction takes up.
const AT_ONCE: usize = 1_000;

const NEXT: &str = "
    SELECT movies.id, movies.title, movies.original_title, movies.alternative_titles,
        movies.title_key, movies.original_title_key, summaries.rating_count
    FROM movies
    CROSS JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id
    WHERE movies.search_version < ?1
    LIMIT ?2";

const MARK: &str = "UPDATE movies SET search_version = ?2, other_keys = ?3 WHERE id = ?1";

/// A movie with its titles and the two search keys that have columns of their own.
struct Movie {
    id: i64,
    titles: Vec<String>,
    own_keys: [String; 2],
    ratings: i64,
}

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
    for Movie { id, titles, own_keys: [title_key, original_title_key], ratings } in &movies {
        let keys = TitleKeys::of(titles.iter().map(String::as_str));
        let others = keys.others([title_key, original_title_key]).join("\n");
        forget_words(connection, *id)?;
        let index = TitleIndex::of(keys.searched.iter().map(String::as_str));
        store_words(connection, *id, &index, *ratings)?;
        store_title_keys(connection, *id, &keys.matched)?;
        connection.prepare_cached(MARK)?.execute(params![id, SEARCH_VERSION, others])?;
    }
    Ok(movies.len())
}

fn movie(row: &Row<'_>) -> rusqlite::Result<Movie> {
    let mut cells = Cells::of(row);
    let (id, mut titles) = (cells.take()?, vec![cells.take()?]);
    titles.extend(cells.take::<Option<String>>()?);
    titles.extend(cells.take::<Json<Vec<String>>>()?.0);
    Ok(Movie { id, titles, own_keys: [cells.take()?, cells.take()?], ratings: cells.take()? })
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
