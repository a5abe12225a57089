//! Stores movies by the hundred, one statement for each table.

use std::collections::BTreeSet;

use reelmark_application::ports::InsertMovie;
use reelmark_domain::popularity_class;
use tokio_postgres::types::{ToSql, Type};

use super::facts::{self, Lists};
use super::words::learn;
use crate::error::Result;
use crate::row::limited;
use crate::session::Transaction;

const TAKE_IDS: &str = "
    SELECT nextval(pg_get_serial_sequence('movies', 'id')) AS id FROM generate_series(1, $1::bigint)
    ORDER BY id";

/// The columns of [`facts::parameters`] stand between the others.
const COPY: &str = "
    COPY movies (
        id,
        title, title_key, original_title, original_title_key, release_year, runtime_minutes,
        directors, synopsis, imdb_id, tmdb_id, movielens_id, search_version,
        alternative_titles, other_keys, original_language, countries,
        added_by, created_at, updated_at
    ) FROM STDIN (FORMAT binary)";

const COLUMNS: [Type; 20] = [
    Type::INT8,
    Type::TEXT,
    Type::TEXT,
    Type::TEXT,
    Type::TEXT,
    Type::INT4,
    Type::INT4,
    Type::TEXT,
    Type::TEXT,
    Type::TEXT,
    Type::INT8,
    Type::INT8,
    Type::INT2,
    Type::TEXT,
    Type::TEXT,
    Type::TEXT,
    Type::TEXT,
    Type::INT8,
    Type::TIMESTAMPTZ,
    Type::TIMESTAMPTZ,
];

const COPY_SUMMARIES: &str = "
    COPY rating_summaries (movie_id, computed_at) FROM STDIN (FORMAT binary)";

const COPY_GENRES: &str = "
    COPY movie_genres (movie_id, position, genre_key, name) FROM STDIN (FORMAT binary)";

const COPY_COUNTRIES: &str = "
    COPY movie_countries (country, movie_id) FROM STDIN (FORMAT binary)";

const COPY_TITLE_KEYS: &str = "
    COPY movie_title_keys (title_key, movie_id) FROM STDIN (FORMAT binary)";

const COPY_WORDS: &str = "
    COPY movie_words (word, popularity, movie_id) FROM STDIN (FORMAT binary)";

/// A movie and the id that it gets.
struct Numbered<'a> {
    id: i64,
    movie: &'a InsertMovie,
    lists: Lists,
}

type Row<'a> = Vec<&'a (dyn ToSql + Sync)>;

/// Stores all that [`insert`](super::insert_movie) stores of each movie; returns their ids, in the
/// order of the movies.
///
/// Learns all words first, in the order in which everybody does: movies one after the other would
/// lock them in any order.
pub(crate) async fn insert_all(
    transaction: &Transaction<'_>,
    movies: &[&InsertMovie],
) -> Result<Vec<i64>> {
    let ids = take_ids(transaction, movies.len()).await?;
    learn(transaction, &words(movies)).await?;
    let numbered = ids.iter().zip(movies);
    let numbered = numbered.map(|(&id, &movie)| {
        Ok(Numbered { id, movie, lists: Lists::of(&movie.facts, &movie.index)? })
    });
    let movies = numbered.collect::<Result<Vec<_>>>()?;
    transaction.copy(COPY, &COLUMNS, &movies, Numbered::columns).await?;
    let summary = [Type::INT8, Type::TIMESTAMPTZ];
    transaction.copy(COPY_SUMMARIES, &summary, &movies, Numbered::summary).await?;
    copy_index(transaction, &movies).await?;
    Ok(ids)
}

async fn take_ids(transaction: &Transaction<'_>, count: usize) -> Result<Vec<i64>> {
    let ids = transaction.query(TAKE_IDS, &[&limited(count)]).await?;
    ids.iter().map(|row| Ok(row.try_get("id")?)).collect()
}

fn words(movies: &[&InsertMovie]) -> Vec<String> {
    let words: BTreeSet<&String> = movies.iter().flat_map(|m| &m.index.titles.words).collect();
    words.into_iter().cloned().collect()
}

/// Words and title keys are all over their tables; in order, those of one page come together.
async fn copy_index(transaction: &Transaction<'_>, movies: &[Numbered<'_>]) -> Result<()> {
    let of_genre = [Type::INT8, Type::INT2, Type::TEXT, Type::TEXT];
    let genres: Vec<_> = movies.iter().flat_map(Numbered::genres).collect();
    transaction
        .copy(COPY_GENRES, &of_genre, &genres, |(id, position, key, name), row| {
            row.extend([id as &(dyn ToSql + Sync), position, key, name]);
        })
        .await?;
    let countries: Vec<_> = movies.iter().flat_map(|m| m.each(&m.movie.facts.countries)).collect();
    transaction.copy(COPY_COUNTRIES, &[Type::TEXT, Type::INT8], &countries, text_and_id).await?;
    let mut keys: Vec<_> = movies.iter().flat_map(|m| m.each(&m.movie.index.title_keys)).collect();
    keys.sort_unstable();
    transaction.copy(COPY_TITLE_KEYS, &[Type::TEXT, Type::INT8], &keys, text_and_id).await?;
    let unrated = popularity_class(0);
    let tokens = movies.iter().flat_map(|m| m.each(&m.movie.index.titles.tokens));
    let mut tokens: Vec<_> = tokens.collect();
    tokens.sort_unstable();
    transaction
        .copy(COPY_WORDS, &[Type::TEXT, Type::INT2, Type::INT8], &tokens, |(word, id), row| {
            row.extend([word as &(dyn ToSql + Sync), &unrated, id]);
        })
        .await
}

fn text_and_id<'r>((text, id): &'r (&str, i64), row: &mut Row<'r>) {
    row.extend([text as &(dyn ToSql + Sync), id]);
}

impl<'a> Numbered<'a> {
    fn columns<'r>(&'r self, row: &mut Row<'r>) {
        let InsertMovie { facts, index, added_by, at } = self.movie;
        row.push(&self.id);
        row.extend(facts::parameters(facts, index, &self.lists));
        row.extend([added_by as &(dyn ToSql + Sync), at, at]);
    }

    fn summary<'r>(&'r self, row: &mut Row<'r>) {
        row.extend([&self.id as &(dyn ToSql + Sync), &self.movie.at]);
    }

    fn genres(&self) -> impl Iterator<Item = (i64, i16, &'a str, &'a str)> {
        let InsertMovie { facts, index, .. } = self.movie;
        let (id, genres) = (self.id, index.genre_keys.iter().zip(&facts.genres));
        (1..).zip(genres).map(move |(position, (key, name))| (id, position, &**key, &**name))
    }

    fn each(&self, texts: &'a [String]) -> impl Iterator<Item = (&'a str, i64)> {
        let id = self.id;
        texts.iter().map(move |text| (text.as_str(), id))
    }
}
