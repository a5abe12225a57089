use reelmark_application::messages::MovieChangedV1;
use reelmark_application::ports::{MovieRecord, RepositoryError, UpdateMovie};
use rusqlite::{Connection, OptionalExtension, params};

use super::find_movie;
use super::insert_movie::store_index;
use super::words::{SEARCH_VERSION, forget_words};
use crate::error::Result;
use crate::outbox::append;
use crate::row::{Json, Micros};

const UPDATE: &str = "
    UPDATE movies
    SET title = ?3, title_key = ?4, original_title = ?5, original_title_key = ?6,
        release_year = ?7, runtime_minutes = ?8, directors = ?9, synopsis = ?10,
        imdb_id = ?11, tmdb_id = ?12, movielens_id = ?13,
        search_version = ?14, alternative_titles = ?15, other_keys = ?16,
        original_language = ?17, countries = ?18,
        version = version + 1, updated_at = ?19
    WHERE id = ?1 AND version = ?2";

const FORGET_GENRES: &str = "DELETE FROM movie_genres WHERE movie_id = ?1";

const FORGET_COUNTRIES: &str = "DELETE FROM movie_countries WHERE movie_id = ?1";

const RATINGS: &str = "SELECT rating_count FROM rating_summaries WHERE movie_id = ?1";

pub(super) fn run(connection: &Connection, request: &UpdateMovie) -> Result<Option<MovieRecord>> {
    let id = request.id;
    if !update_facts(connection, request)? {
        return match find_movie::record(connection, id)? {
            Some(_) => Err(RepositoryError::Stale.into()),
            None => Ok(None),
        };
    }
    let mut ratings = connection.prepare_cached(RATINGS)?;
    let ratings = ratings.query_row([id], |row| row.get(0)).optional()?.unwrap_or(0);
    connection.prepare_cached(FORGET_GENRES)?.execute([id])?;
    connection.prepare_cached(FORGET_COUNTRIES)?.execute([id])?;
    forget_words(connection, id)?;
    store_index(connection, id, &request.facts, &request.index, ratings)?;
    let changed = MovieChangedV1 { movie: id };
    append(connection, MovieChangedV1::KIND, &changed, request.at)?;
    find_movie::record(connection, id)
}

/// Whether the movie was there in the expected version.
fn update_facts(connection: &Connection, request: &UpdateMovie) -> Result<bool> {
    let (facts, index) = (&request.facts, &request.index);
    let parameters = params![
        request.id,
        request.expected_version,
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
        Micros(request.at),
    ];
    Ok(connection.prepare_cached(UPDATE)?.execute(parameters)? == 1)
}
