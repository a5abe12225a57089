//! What searches find movies by.

use std::collections::BTreeSet;

use reelmark_application::ports::MovieIndex;
use reelmark_domain::{WordParts, popularity_class};
use rusqlite::{Connection, Params, params};

use crate::error::Result;

/// Tells how the words of a movie were taken from its titles. A release that takes them in another
/// way has a greater one.
pub(super) const SEARCH_VERSION: i16 = 2;

const ADD_MOVIE_WORD: &str =
    "INSERT INTO movie_words (word, popularity, movie_id) VALUES (?1, ?2, ?3)";

const ADD_WORD: &str = "INSERT INTO search_words (word) VALUES (?1) ON CONFLICT (word) DO NOTHING";

const ADD_ENDING: &str = "INSERT INTO word_endings (ending, word) VALUES (?1, ?2)";

const ADD_TYPO: &str = "INSERT INTO word_typos (shortened, word) VALUES (?1, ?2)";

const ADD_TITLE_KEY: &str = "INSERT INTO movie_title_keys (title_key, movie_id) VALUES (?1, ?2)";

const FORGET: &str = "DELETE FROM movie_words WHERE movie_id = ?1";

const FORGET_TITLE_KEYS: &str = "DELETE FROM movie_title_keys WHERE movie_id = ?1";

/// A movie that is to be found.
pub(super) struct Findable<'a> {
    pub id: i64,
    pub index: &'a MovieIndex,
    /// How many it has.
    pub ratings: i64,
}

/// Makes movies findable by their titles, and files' movies be matched with them.
///
/// Each table is written in the order of its keys: the words of many movies are all over it, and
/// each of its pages is read and written once then.
pub(super) fn store_words(connection: &Connection, movies: &[Findable<'_>]) -> Result<()> {
    let mut tokens = Vec::new();
    for Findable { id, index, ratings } in movies {
        let class = popularity_class(*ratings);
        tokens.extend(index.titles.tokens.iter().map(|token| (token, class, *id)));
    }
    insert_all(connection, ADD_MOVIE_WORD, tokens)?;
    let keys = movies
        .iter()
        .flat_map(|Findable { id, index, .. }| index.title_keys.iter().map(|key| (key, *id)));
    insert_all(connection, ADD_TITLE_KEY, keys.collect())?;
    learn(connection, movies.iter().flat_map(|movie| &movie.index.titles.words).collect())
}

/// Makes the words that are new to the catalogue findable by their parts.
fn learn(connection: &Connection, words: BTreeSet<&String>) -> Result<()> {
    let (mut endings, mut shortened) = (Vec::new(), Vec::new());
    let mut statement = connection.prepare_cached(ADD_WORD)?;
    for word in words {
        if statement.execute([word])? > 0 {
            let parts = WordParts::of(word);
            endings.extend(parts.endings.into_iter().map(|ending| (ending, word)));
            shortened.extend(parts.shortened.into_iter().map(|short| (short, word)));
        }
    }
    insert_all(connection, ADD_ENDING, endings)?;
    insert_all(connection, ADD_TYPO, shortened)
}

/// Inserts rows in their order.
fn insert_all<R: Ord + Params>(
    connection: &Connection,
    sql: &'static str,
    mut rows: Vec<R>,
) -> Result<()> {
    rows.sort_unstable();
    let mut statement = connection.prepare_cached(sql)?;
    for row in rows {
        statement.execute(row)?;
    }
    Ok(())
}

/// Forgets what a movie is found and matched by.
pub(super) fn forget_words(connection: &Connection, id: i64) -> Result<()> {
    connection.prepare_cached(FORGET_TITLE_KEYS)?.execute([id])?;
    connection.prepare_cached(FORGET)?.execute([id])?;
    Ok(())
}

const MOVE: &str = "
    UPDATE movie_words SET popularity = ?2 WHERE movie_id = ?1 AND popularity <> ?2";

/// Puts the words of a movie where they belong, which has `added` more ratings than before.
pub(crate) fn move_words(connection: &Connection, id: i64, ratings: i64, added: i64) -> Result<()> {
    let class = popularity_class(ratings);
    if class != popularity_class(ratings - added) {
        connection.prepare_cached(MOVE)?.execute(params![id, class])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::EmptyStore;

    #[test]
    fn the_words_of_a_movie_are_found_by_an_index() {
        let store = EmptyStore::new();
        for statement in [FORGET, FORGET_TITLE_KEYS, MOVE] {
            assert_eq!(store.scans(statement), Vec::<String>::new(), "{statement}");
        }
    }
}
