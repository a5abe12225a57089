use reelmark_application::ports::{
    MovieDetailsRecord, MovieFactsRecord, MovieRecord, RatingSummaryRecord,
};
use thiserror::Error;
use tokio_postgres::Row;

use crate::error::{Failure, Result};
use crate::row::Cells;

/// What [`movie`] reads, in this order, from `movies`.
macro_rules! movie_columns {
    () => {
        "movies.id, movies.title, movies.original_title, movies.alternative_titles, \
         movies.release_year, movies.runtime_minutes, movies.original_language, \
         movies.countries, \
         ARRAY(SELECT name FROM movie_genres WHERE movie_id = movies.id ORDER BY position), \
         movies.directors, movies.synopsis, movies.imdb_id, movies.tmdb_id, \
         movies.movielens_id, movies.version, movies.added_by, movies.created_at, \
         movies.updated_at"
    };
}
pub(super) use movie_columns;

/// What [`details`] reads, in this order, from `movies` and `summaries`.
macro_rules! details_columns {
    () => {
        concat!(
            $crate::movie::row::movie_columns!(),
            ", ARRAY[summaries.h1, summaries.h2, summaries.h3, summaries.h4, summaries.h5, \
                summaries.h6, summaries.h7, summaries.h8, summaries.h9, summaries.h10], \
             summaries.catalogue_mean, summaries.version, summaries.computed_at"
        )
    };
}
pub(super) use details_columns;

/// A column that can't be read, with the place where somebody has to look.
#[derive(Debug, Error)]
#[error("{column} of row {row}")]
struct CorruptColumn<E: std::error::Error + 'static> {
    column: &'static str,
    row: i64,
    source: E,
}

#[derive(Debug, Error)]
#[error("it has another number of buckets than ten")]
struct NotTenBuckets;

pub(super) fn details(row: &Row) -> Result<MovieDetailsRecord> {
    next_details(&mut Cells::of(row))
}

pub(super) fn movie(row: &Row) -> Result<MovieRecord> {
    next_movie(&mut Cells::of(row))
}

/// Reads a movie and leaves the cells behind it.
pub(super) fn next_details(cells: &mut Cells<'_>) -> Result<MovieDetailsRecord> {
    let movie = next_movie(cells)?;
    let summary = RatingSummaryRecord {
        movie_id: movie.id,
        histogram: histogram(cells.take()?, movie.id)?,
        catalogue_mean: cells.take()?,
        version: cells.take()?,
        computed_at: cells.take()?,
    };
    Ok(MovieDetailsRecord { movie, summary })
}

fn next_movie(cells: &mut Cells<'_>) -> Result<MovieRecord> {
    let id = cells.take()?;
    Ok(MovieRecord {
        id,
        facts: next_facts(cells, id)?,
        version: cells.take()?,
        added_by: cells.take()?,
        created_at: cells.take()?,
        updated_at: cells.take()?,
    })
}

fn next_facts(cells: &mut Cells<'_>, id: i64) -> Result<MovieFactsRecord> {
    Ok(MovieFactsRecord {
        title: cells.take()?,
        original_title: cells.take()?,
        alternative_titles: list("movies.alternative_titles", cells.take()?, id)?,
        release_year: cells.take()?,
        runtime_minutes: cells.take()?,
        original_language: cells.take()?,
        countries: list("movies.countries", cells.take()?, id)?,
        genres: cells.take()?,
        directors: list("movies.directors", cells.take()?, id)?,
        synopsis: cells.take()?,
        imdb_id: cells.take()?,
        tmdb_id: cells.take()?,
        movielens_id: cells.take()?,
    })
}

/// Reads a list in JSON.
pub(super) fn list(column: &'static str, json: &str, row: i64) -> Result<Vec<String>> {
    if json == "[]" {
        return Ok(Vec::new());
    }
    serde_json::from_str(json).map_err(|source| corrupt(column, row, source))
}

fn histogram(buckets: Vec<i64>, row: i64) -> Result<[i64; 10]> {
    let column = "rating_summaries.h1 to h10";
    // A removal may have been counted before what it removes.
    let shown: Vec<i64> = buckets.into_iter().map(|count| count.max(0)).collect();
    shown.try_into().map_err(|_| corrupt(column, row, NotTenBuckets))
}

fn corrupt<E>(column: &'static str, row: i64, source: E) -> Failure
where
    E: std::error::Error + Send + Sync + 'static,
{
    Failure::Corrupt(Box::new(CorruptColumn { column, row, source }))
}
