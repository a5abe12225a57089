//! What searches find movies by.

use reelmark_domain::{TitleIndex, WordParts, popularity_class};
use rusqlite::{Connection, params};

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

/// Makes a movie findable by its titles.
pub(super) fn store_words(
    connection: &Connection,
    id: i64,
    titles: &TitleIndex,
    ratings: i64,
) -> Result<()> {
    let popularity = popularity_class(ratings);
    let mut statement = connection.prepare_cached(ADD_MOVIE_WORD)?;
    for token in &titles.tokens {
        statement.execute(params![token, popularity, id])?;
    }
    titles.words.iter().try_for_each(|word| learn(connection, word))
}

/// Makes a word findable by its parts, unless it is known.
fn learn(connection: &Connection, word: &str) -> Result<()> {
    if connection.prepare_cached(ADD_WORD)?.execute([word])? == 0 {
        return Ok(());
    }
    let parts = WordParts::of(word);
    let mut statement = connection.prepare_cached(ADD_ENDING)?;
    for ending in &parts.endings {
        statement.execute([ending.as_str(), word])?;
    }
    let mut statement = connection.prepare_cached(ADD_TYPO)?;
    for shortened in &parts.shortened {
        statement.execute([shortened.as_str(), word])?;
    }
    Ok(())
}

/// Makes a movie one that files may mean by its titles.
pub(super) fn store_title_keys(connection: &Connection, id: i64, keys: &[String]) -> Result<()> {
    let mut statement = connection.prepare_cached(ADD_TITLE_KEY)?;
    for key in keys {
        statement.execute(params![key, id])?;
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
