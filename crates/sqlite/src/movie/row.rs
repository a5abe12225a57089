use reelmark_application::ports::{
    MovieDetailsRecord, MovieFactsRecord, MovieRecord, RatingSummaryRecord,
};
use rusqlite::{Result, Row};

use crate::row::{Cells, Json};

/// What [`next_movie`] reads, of `movies`.
macro_rules! movie_columns {
    () => {
        "movies.id, movies.title, movies.original_title, movies.alternative_titles,
        movies.release_year, movies.runtime_minutes, movies.original_language, movies.countries,
        (SELECT json_group_array(name ORDER BY position)
            FROM movie_genres
            WHERE movie_id = movies.id),
        movies.directors, movies.synopsis, movies.imdb_id, movies.tmdb_id, movies.movielens_id,
        movies.version, movies.added_by, movies.created_at, movies.updated_at"
    };
}
pub(super) use movie_columns;

/// What [`next_details`] reads, of `movies` and `rating_summaries AS summaries`.
macro_rules! details_columns {
    () => {
        concat!(
            $crate::movie::row::movie_columns!(),
            ",
        summaries.h1, summaries.h2, summaries.h3, summaries.h4, summaries.h5,
        summaries.h6, summaries.h7, summaries.h8, summaries.h9, summaries.h10,
        summaries.catalogue_mean, summaries.version, summaries.computed_at"
        )
    };
}
pub(super) use details_columns;

pub(super) fn movie(row: &Row<'_>) -> Result<MovieRecord> {
    next_movie(&mut Cells::of(row))
}

pub(super) fn details(row: &Row<'_>) -> Result<MovieDetailsRecord> {
    next_details(&mut Cells::of(row))
}

pub(super) fn next_details(cells: &mut Cells<'_, '_>) -> Result<MovieDetailsRecord> {
    let movie = next_movie(cells)?;
    let summary = RatingSummaryRecord {
        movie_id: movie.id,
        histogram: next_histogram(cells)?,
        catalogue_mean: cells.take()?,
        version: cells.take()?,
        computed_at: cells.time()?,
    };
    Ok(MovieDetailsRecord { movie, summary })
}

fn next_movie(cells: &mut Cells<'_, '_>) -> Result<MovieRecord> {
    Ok(MovieRecord {
        id: cells.take()?,
        facts: next_facts(cells)?,
        version: cells.take()?,
        added_by: cells.take()?,
        created_at: cells.time()?,
        updated_at: cells.time()?,
    })
}

fn next_facts(cells: &mut Cells<'_, '_>) -> Result<MovieFactsRecord> {
    Ok(MovieFactsRecord {
        title: cells.take()?,
        original_title: cells.take()?,
        alternative_titles: cells.take::<Json<_>>()?.0,
        release_year: cells.take()?,
        runtime_minutes: cells.take()?,
        original_language: cells.take()?,
        countries: cells.take::<Json<_>>()?.0,
        genres: cells.take::<Json<_>>()?.0,
        directors: cells.take::<Json<_>>()?.0,
        synopsis: cells.take()?,
        imdb_id: cells.take()?,
        tmdb_id: cells.take()?,
        movielens_id: cells.take()?,
    })
}

fn next_histogram(cells: &mut Cells<'_, '_>) -> Result<[i64; 10]> {
    let mut histogram = [0; 10];
    for count in &mut histogram {
        // A removal may have been counted before what it removes.
        *count = cells.take::<i64>()?.max(0);
    }
    Ok(histogram)
}
