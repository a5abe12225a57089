//! What searches find movies by.

use reelmark_domain::WordParts;
use tokio_postgres::types::ToSql;

use crate::error::Result;
use crate::session::Transaction;

/// Tells how the words of a movie were taken from its titles. A release that takes them in another
/// way has a greater one.
pub(super) const SEARCH_VERSION: i16 = 2;

/// In ascending order, so that two who add the same words wait for one another instead of
/// deadlocking.
const ADD_WORDS: &str = "
    INSERT INTO search_words (word)
    SELECT word FROM unnest($1::text[]) AS word ORDER BY word
    ON CONFLICT (word) DO NOTHING
    RETURNING word";

const ADD_PARTS: &str = "
    WITH typos AS (
        INSERT INTO word_typos (shortened, word)
        SELECT shortened, word FROM unnest($3::text[], $4::text[]) AS typo (shortened, word)
    )
    INSERT INTO word_endings (ending, word)
    SELECT ending, word FROM unnest($1::text[], $2::text[]) AS part (ending, word)";

/// Makes the words that are new to the catalogue findable by their parts.
pub(crate) async fn learn(transaction: &Transaction<'_>, words: &[String]) -> Result<()> {
    let new = transaction.query(ADD_WORDS, &[&words]).await?;
    if new.is_empty() {
        return Ok(());
    }
    let (mut endings, mut typos) = (Vec::new(), Vec::new());
    for row in &new {
        let word: &str = row.try_get("word")?;
        let WordParts { endings: ends, shortened } = WordParts::of(word);
        endings.extend(ends.into_iter().map(|ending| (ending, word)));
        typos.extend(shortened.into_iter().map(|shortened| (shortened, word)));
    }
    let (endings, ended) = in_order(endings);
    let (typos, mistaken) = in_order(typos);
    let parameters: [&(dyn ToSql + Sync); 4] = [&endings, &ended, &typos, &mistaken];
    transaction.query(ADD_PARTS, &parameters).await.map(drop)
}

/// The parts of many words are all over a table; in order, those of one page come together.
fn in_order(mut parts: Vec<(String, &str)>) -> (Vec<String>, Vec<&str>) {
    parts.sort_unstable();
    parts.into_iter().unzip()
}

const MOVE: &str = "
    UPDATE movie_words
    SET popularity = moved.popularity
    FROM unnest($1::bigint[], $2::smallint[]) AS moved (movie_id, popularity)
    WHERE movie_words.movie_id = moved.movie_id AND movie_words.popularity <> moved.popularity";

/// Puts the words of movies where their new popularity belongs.
pub(crate) async fn move_to(
    transaction: &Transaction<'_>,
    movies: &[i64],
    classes: &[i16],
) -> Result<()> {
    if movies.is_empty() {
        return Ok(());
    }
    transaction.query(MOVE, &[&movies, &classes]).await.map(drop)
}
