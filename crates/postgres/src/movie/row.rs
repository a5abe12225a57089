use reelmark_application::ports::{
    MovieDetailsRecord, MovieFactsRecord, MovieRecord, RatingSummaryRecord,
};
use thiserror::Error;
use tokio_postgres::Row;

use crate::error::{Failure, Result};

/// The columns that [`movie`] reads, from `movies`.
macro_rules! movie_columns {
    () => {
        "movies.id, movies.title, movies.original_title, movies.release_year, \
         movies.runtime_minutes, movies.directors, movies.synopsis, movies.imdb_id, \
         movies.tmdb_id, movies.movielens_id, movies.version, movies.added_by, \
         movies.created_at, movies.updated_at, \
         ARRAY(SELECT name FROM movie_genres WHERE movie_id = movies.id ORDER BY position) \
             AS genres"
    };
}
pub(super) use movie_columns;

/// The columns that [`details`] reads, from `movies` and `summaries`.
macro_rules! details_columns {
    () => {
        concat!(
            $crate::movie::row::movie_columns!(),
            ", ARRAY[summaries.h1, summaries.h2, summaries.h3, summaries.h4, summaries.h5, \
                summaries.h6, summaries.h7, summaries.h8, summaries.h9, summaries.h10] \
                AS histogram, \
             summaries.catalogue_mean, summaries.version AS summary_version, \
             summaries.computed_at"
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
    let movie = movie(row)?;
    let summary = summary(row, movie.id)?;
    Ok(MovieDetailsRecord { movie, summary })
}

pub(super) fn movie(row: &Row) -> Result<MovieRecord> {
    let id = row.try_get("id")?;
    Ok(MovieRecord {
        id,
        facts: facts(row, id)?,
        version: row.try_get("version")?,
        added_by: row.try_get("added_by")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
    })
}

fn facts(row: &Row, id: i64) -> Result<MovieFactsRecord> {
    Ok(MovieFactsRecord {
        title: row.try_get("title")?,
        original_title: row.try_get("original_title")?,
        release_year: row.try_get("release_year")?,
        runtime_minutes: row.try_get("runtime_minutes")?,
        genres: row.try_get("genres")?,
        directors: directors(row.try_get("directors")?, id)?,
        synopsis: row.try_get("synopsis")?,
        imdb_id: row.try_get("imdb_id")?,
        tmdb_id: row.try_get("tmdb_id")?,
        movielens_id: row.try_get("movielens_id")?,
    })
}

fn summary(row: &Row, movie_id: i64) -> Result<RatingSummaryRecord> {
    Ok(RatingSummaryRecord {
        movie_id,
        histogram: histogram(row.try_get("histogram")?, movie_id)?,
        catalogue_mean: row.try_get("catalogue_mean")?,
        version: row.try_get("summary_version")?,
        computed_at: row.try_get("computed_at")?,
    })
}

fn directors(json: &str, row: i64) -> Result<Vec<String>> {
    let column = "movies.directors";
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
