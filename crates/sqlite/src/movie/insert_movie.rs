use reelmark_application::ports::{
    InsertMovie, MovieFactsRecord, MovieIndex, MovieRecord, RepositoryError,
};
use rusqlite::{Connection, params};

use super::find_movie;
use super::words::{Findable, SEARCH_VERSION, store_words};
use crate::error::Result;
use crate::row::{Json, Micros};

const INSERT: &str = "
    INSERT INTO movies (
        title, title_key, original_title, original_title_key, release_year, runtime_minutes,
        directors, synopsis, imdb_id, tmdb_id, movielens_id, search_version,
        alternative_titles, other_keys, original_language, countries, added_by, created_at, updated_at
    )
    VALUES (
        ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?18
    )";

const INSERT_SUMMARY: &str = "INSERT INTO rating_summaries (movie_id, computed_at) VALUES (?1, ?2)";

const INSERT_GENRE: &str = "
    INSERT INTO movie_genres (movie_id, position, genre_key, name) VALUES (?1, ?2, ?3, ?4)";

const INSERT_COUNTRY: &str = "INSERT INTO movie_countries (country, movie_id) VALUES (?1, ?2)";

pub(super) fn run(connection: &Connection, request: &InsertMovie) -> Result<MovieRecord> {
    let id = store_row(connection, request)?;
    store_words(connection, &[Findable { id, index: &request.index, ratings: 0 }])?;
    let stored = find_movie::record(connection, id)?;
    stored.ok_or_else(|| RepositoryError::Corrupt("the movie just stored is gone".into()).into())
}

/// Stores everything of movies and returns their ids, in their order.
pub(crate) fn store_movies(connection: &Connection, requests: &[&InsertMovie]) -> Result<Vec<i64>> {
    let ids = requests.iter().map(|request| store_row(connection, request));
    let ids = ids.collect::<Result<Vec<_>>>()?;
    let movies = ids.iter().zip(requests);
    let movies = movies.map(|(id, movie)| Findable { id: *id, index: &movie.index, ratings: 0 });
    store_words(connection, &movies.collect::<Vec<_>>())?;
    Ok(ids)
}

/// Stores all of a movie but what its titles are found by.
fn store_row(connection: &Connection, request: &InsertMovie) -> Result<i64> {
    let (facts, index) = (&request.facts, &request.index);
    let parameters = params![
        facts.title,
        index.title_key,
        facts.original_title,
        index.original_title_key,
        facts.release_year,
        facts.runtime_minutes,
        Json(&facts.directors),
        facts.synopsis,
        facts.imdb_id,
        facts.tmdb_id,
        facts.movielens_id,
        SEARCH_VERSION,
        Json(&facts.alternative_titles),
        index.other_keys.join("\n"),
        facts.original_language,
        Json(&facts.countries),
        request.added_by,
        Micros(request.at),
    ];
    let id = connection.prepare_cached(INSERT)?.insert(parameters)?;
    let mut summary = connection.prepare_cached(INSERT_SUMMARY)?;
    summary.execute(params![id, Micros(request.at)])?;
    store_origin(connection, id, facts, index)?;
    Ok(id)
}

/// Stores what a movie is found by, which has so many ratings.
pub(super) fn store_index(
    connection: &Connection,
    id: i64,
    facts: &MovieFactsRecord,
    index: &MovieIndex,
    ratings: i64,
) -> Result<()> {
    store_origin(connection, id, facts, index)?;
    store_words(connection, &[Findable { id, index, ratings }])
}

/// Stores genres and countries.
fn store_origin(
    connection: &Connection,
    id: i64,
    facts: &MovieFactsRecord,
    index: &MovieIndex,
) -> Result<()> {
    let mut statement = connection.prepare_cached(INSERT_COUNTRY)?;
    for country in &facts.countries {
        statement.execute(params![country, id])?;
    }
    let mut statement = connection.prepare_cached(INSERT_GENRE)?;
    let genres = index.genre_keys.iter().zip(&facts.genres);
    for (position, (key, name)) in genres.enumerate() {
        statement.execute(params![id, position, key, name])?;
    }
    Ok(())
}
