use reelmark_application::messages::MovieChangedV1;
use reelmark_application::ports::{MergeIds, MovieChunk, RepositoryError};
use rusqlite::{Connection, params};
use time::OffsetDateTime;

use crate::error::{Result, is_missing_parent};
use crate::movie::insert_movie::store_movies;
use crate::outbox::append;
use crate::row::Micros;

const PUT_NUMBER: &str = "
    INSERT INTO import_movies (set_id, number, movie_id) VALUES (?1, ?2, ?3)
    ON CONFLICT DO NOTHING";

const MERGE_IDS: &str = "
    UPDATE movies
    SET imdb_id = coalesce(imdb_id, ?2), tmdb_id = coalesce(tmdb_id, ?3),
        movielens_id = coalesce(movielens_id, ?4),
        version = version + 1, updated_at = ?5
    WHERE id = ?1";

pub(super) fn run(connection: &Connection, chunk: &MovieChunk) -> Result<()> {
    let movies: Vec<_> = chunk.movies.iter().map(|import| &import.movie).collect();
    let added = store_movies(connection, &movies)?;
    for (import, id) in chunk.movies.iter().zip(&added) {
        if let Some(number) = import.number {
            put_number(connection, chunk.set, number, *id)?;
        }
    }
    for (number, movie) in &chunk.numbers {
        put_number(connection, chunk.set, *number, *movie)?;
    }
    for ids in &chunk.ids {
        merge_ids(connection, ids, chunk.at)?;
    }
    added.last().map_or(Ok(()), |last| tell(connection, *last, chunk.at))
}

fn put_number(connection: &Connection, set: i64, number: i64, movie: i64) -> Result<()> {
    let mut statement = connection.prepare_cached(PUT_NUMBER)?;
    match statement.execute(params![set, number, movie]) {
        Ok(1) => Ok(()),
        Ok(_) => Err(RepositoryError::Stale.into()),
        Err(error) if is_missing_parent(&error) => Err(RepositoryError::Stale.into()),
        Err(error) => Err(error.into()),
    }
}

fn merge_ids(connection: &Connection, ids: &MergeIds, at: OffsetDateTime) -> Result<()> {
    let MergeIds { movie_id, imdb_id, tmdb_id, movielens_id } = ids;
    let mut statement = connection.prepare_cached(MERGE_IDS)?;
    if statement.execute(params![movie_id, imdb_id, tmdb_id, movielens_id, Micros(at)])? == 0 {
        return Err(RepositoryError::Stale.into());
    }
    tell(connection, *movie_id, at)
}

fn tell(connection: &Connection, movie: i64, at: OffsetDateTime) -> Result<()> {
    append(connection, MovieChangedV1::KIND, &MovieChangedV1 { movie }, at)
}
