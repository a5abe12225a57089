//! Takes up the words of movies that were stored by a release that took them in another way.

use std::collections::BTreeSet;

use reelmark_domain::{TitleIndex, popularity_class};
use tokio_postgres::Row;

use super::words::{SEARCH_VERSION, learn};
use crate::error::Result;
use crate::session::Transaction;
use crate::store::PostgresStore;

/// How many movies one transaction takes up.
const AT_ONCE: i64 = 500;

/// Locks the movies and their summaries, so that neither titles nor popularity change meanwhile.
const NEXT: &str = "
    SELECT movies.id, movies.title_key, movies.original_title_key, summaries.rating_count
    FROM movies
    JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id
    WHERE movies.search_version < $1
    ORDER BY movies.search_version, movies.id
    LIMIT $2
    FOR NO KEY UPDATE";

const FORGET: &str = "DELETE FROM movie_words WHERE movie_id = ANY ($1)";

const TAKE_UP: &str = "
    INSERT INTO movie_words (word, popularity, movie_id)
    SELECT word, popularity, movie_id
    FROM unnest($1::text[], $2::smallint[], $3::bigint[]) AS token (word, popularity, movie_id)";

const MARK: &str = "UPDATE movies SET search_version = $2 WHERE id = ANY ($1)";

pub(crate) async fn run(store: &PostgresStore) -> Result<()> {
    let mut session = store.session().await?;
    loop {
        let transaction = session.begin().await?;
        let movies = transaction.query(NEXT, &[&SEARCH_VERSION, &AT_ONCE]).await?;
        if movies.is_empty() {
            return Ok(());
        }
        take_up(&transaction, &movies).await?;
        transaction.commit().await?;
    }
}

async fn take_up(transaction: &Transaction<'_>, movies: &[Row]) -> Result<()> {
    let (mut ids, mut words) = (Vec::new(), BTreeSet::new());
    let (mut tokens, mut classes, mut owners) = (Vec::new(), Vec::new(), Vec::new());
    for movie in movies {
        let id: i64 = movie.try_get("id")?;
        let keys = [movie.try_get("title_key")?, movie.try_get("original_title_key")?];
        let class = popularity_class(movie.try_get("rating_count")?);
        let index = TitleIndex::of(keys);
        classes.extend(index.tokens.iter().map(|_| class));
        owners.extend(index.tokens.iter().map(|_| id));
        tokens.extend(index.tokens);
        words.extend(index.words);
        ids.push(id);
    }
    let words: Vec<String> = words.into_iter().collect();
    learn(transaction, &words).await?;
    transaction.query(FORGET, &[&ids]).await?;
    transaction.query(TAKE_UP, &[&tokens, &classes, &owners]).await?;
    transaction.query(MARK, &[&ids, &SEARCH_VERSION]).await.map(drop)
}
