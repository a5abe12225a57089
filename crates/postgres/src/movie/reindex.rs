//! Takes up what movies are found by that were stored by a release that made it in another way.

use std::collections::BTreeSet;

use reelmark_application::ports::TitleKeys;
use reelmark_domain::{TitleIndex, popularity_class};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::row::list;
use super::words::{SEARCH_VERSION, learn};
use crate::error::Result;
use crate::row::Cells;
use crate::session::Transaction;
use crate::store::PostgresStore;

/// How many movies one transaction takes up.
const AT_ONCE: i64 = 500;

/// Locks the movies and their summaries, so that neither titles nor popularity change meanwhile.
const NEXT: &str = "
    SELECT movies.id, movies.title, movies.original_title, movies.alternative_titles,
        movies.title_key, movies.original_title_key, summaries.rating_count
    FROM movies
    JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id
    WHERE movies.search_version < $1
    ORDER BY movies.search_version, movies.id
    LIMIT $2
    FOR NO KEY UPDATE";

const FORGET: &str = "
    WITH words AS (DELETE FROM movie_words WHERE movie_id = ANY ($1))
    DELETE FROM movie_title_keys WHERE movie_id = ANY ($1)";

const TAKE_UP_WORDS: &str = "
    INSERT INTO movie_words (word, popularity, movie_id)
    SELECT word, popularity, movie_id
    FROM unnest($1::text[], $2::smallint[], $3::bigint[]) AS token (word, popularity, movie_id)";

const TAKE_UP_TITLE_KEYS: &str = "
    INSERT INTO movie_title_keys (title_key, movie_id)
    SELECT title_key, movie_id
    FROM unnest($1::text[], $2::bigint[]) AS made (title_key, movie_id)";

const MARK: &str = "
    UPDATE movies
    SET search_version = $3, other_keys = made.other_keys
    FROM unnest($1::bigint[], $2::text[]) AS made (id, other_keys)
    WHERE movies.id = made.id";

/// What some movies are found by, column by column.
#[derive(Default)]
struct Found {
    ids: Vec<i64>,
    other_keys: Vec<String>,
    words: BTreeSet<String>,
    tokens: Vec<String>,
    classes: Vec<i16>,
    owners_of_tokens: Vec<i64>,
    title_keys: Vec<String>,
    owners_of_title_keys: Vec<i64>,
}

pub(crate) async fn run(store: &PostgresStore) -> Result<()> {
    let mut session = store.session().await?;
    loop {
        let transaction = session.begin().await?;
        let movies = transaction.query(NEXT, &[&SEARCH_VERSION, &AT_ONCE]).await?;
        if movies.is_empty() {
            return Ok(());
        }
        let mut found = Found::default();
        movies.iter().try_for_each(|movie| found.add(movie))?;
        found.store(&transaction).await?;
        transaction.commit().await?;
    }
}

impl Found {
    fn add(&mut self, movie: &Row) -> Result<()> {
        let mut cells = Cells::of(movie);
        let (id, title, original_title): (i64, &str, Option<&str>) =
            (cells.take()?, cells.take()?, cells.take()?);
        let others = list("movies.alternative_titles", cells.take()?, id)?;
        let others = others.iter().map(String::as_str);
        let keys = TitleKeys::of([title].into_iter().chain(original_title).chain(others));
        self.other_keys.push(keys.others([cells.take()?, cells.take()?]).join("\n"));
        let class = popularity_class(cells.take()?);
        let index = TitleIndex::of(keys.searched.iter().map(String::as_str));
        self.classes.extend(index.tokens.iter().map(|_| class));
        self.owners_of_tokens.extend(index.tokens.iter().map(|_| id));
        self.owners_of_title_keys.extend(keys.matched.iter().map(|_| id));
        self.tokens.extend(index.tokens);
        self.words.extend(index.words);
        self.title_keys.extend(keys.matched);
        self.ids.push(id);
        Ok(())
    }

    async fn store(self, transaction: &Transaction<'_>) -> Result<()> {
        let words: Vec<String> = self.words.into_iter().collect();
        learn(transaction, &words).await?;
        transaction.query(FORGET, &[&self.ids]).await?;
        let tokens: [&(dyn ToSql + Sync); 3] =
            [&self.tokens, &self.classes, &self.owners_of_tokens];
        transaction.query(TAKE_UP_WORDS, &tokens).await?;
        let title_keys: [&(dyn ToSql + Sync); 2] = [&self.title_keys, &self.owners_of_title_keys];
        transaction.query(TAKE_UP_TITLE_KEYS, &title_keys).await?;
        transaction.query(MARK, &[&self.ids, &self.other_keys, &SEARCH_VERSION]).await.map(drop)
    }
}
