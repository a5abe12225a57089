//! How the facts of a movie are written: most into its own row, genres, countries, words and title
//! keys into rows of their own.

use reelmark_application::ports::{MovieFactsRecord, MovieIndex, MovieRecord};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::words::{self, SEARCH_VERSION};
use crate::error::{Failure, Result};
use crate::session::Transaction;

const WRITE_INDEX: &str = "\
WITH genres AS (
    INSERT INTO movie_genres (movie_id, position, genre_key, name)
    SELECT $1, genre.position, genre.key, genre.name
    FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS genre (key, name, position)
), countries AS (
    INSERT INTO movie_countries (country, movie_id)
    SELECT country, $1 FROM unnest($6::text[]) AS country
), title_keys AS (
    INSERT INTO movie_title_keys (title_key, movie_id)
    SELECT title_key, $1 FROM unnest($7::text[]) AS title_key
)
INSERT INTO movie_words (word, popularity, movie_id)
SELECT word, $5, $1 FROM unnest($4::text[]) AS word";

const ERASE_INDEX: &str = "\
WITH genres AS (DELETE FROM movie_genres WHERE movie_id = $1),
    countries AS (DELETE FROM movie_countries WHERE movie_id = $1),
    title_keys AS (DELETE FROM movie_title_keys WHERE movie_id = $1)
DELETE FROM movie_words WHERE movie_id = $1";

/// Lists as the movie's own row keeps them.
pub(super) struct Lists {
    alternative_titles: String,
    other_keys: String,
    countries: String,
    directors: String,
}

impl Lists {
    pub(super) fn of(facts: &MovieFactsRecord, index: &MovieIndex) -> Result<Self> {
        Ok(Self {
            alternative_titles: json(&facts.alternative_titles)?,
            other_keys: index.other_keys.join("\n"),
            countries: json(&facts.countries)?,
            directors: json(&facts.directors)?,
        })
    }
}

/// What the movie's own row takes, as `$1` to `$16`.
pub(super) fn parameters<'a>(
    facts: &'a MovieFactsRecord,
    index: &'a MovieIndex,
    lists: &'a Lists,
) -> Vec<&'a (dyn ToSql + Sync)> {
    vec![
        &facts.title,
        &index.title_key,
        &facts.original_title,
        &index.original_title_key,
        &facts.release_year,
        &facts.runtime_minutes,
        &lists.directors,
        &facts.synopsis,
        &facts.imdb_id,
        &facts.tmdb_id,
        &facts.movielens_id,
        &SEARCH_VERSION,
        &lists.alternative_titles,
        &lists.other_keys,
        &facts.original_language,
        &lists.countries,
    ]
}

fn json(list: &[String]) -> Result<String> {
    serde_json::to_string(list).map_err(|error| Failure::Corrupt(Box::new(error)))
}

pub(super) async fn write_index(
    transaction: &Transaction<'_>,
    movie_id: i64,
    facts: &MovieFactsRecord,
    index: &MovieIndex,
    popularity: i16,
) -> Result<()> {
    words::learn(transaction, &index.titles.words).await?;
    let parameters: [&(dyn ToSql + Sync); 7] = [
        &movie_id,
        &index.genre_keys,
        &facts.genres,
        &index.titles.tokens,
        &popularity,
        &facts.countries,
        &index.title_keys,
    ];
    transaction.query(WRITE_INDEX, &parameters).await.map(drop)
}

pub(super) async fn erase_index(transaction: &Transaction<'_>, movie_id: i64) -> Result<()> {
    transaction.query(ERASE_INDEX, &[&movie_id]).await.map(drop)
}

/// A movie that was just written, of which `row` holds all but the facts.
pub(super) fn written(row: &Row, facts: MovieFactsRecord) -> Result<MovieRecord> {
    Ok(MovieRecord {
        id: row.try_get("id")?,
        facts,
        version: row.try_get("version")?,
        added_by: row.try_get("added_by")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
    })
}
