use reelmark_application::ports::{ComparedSummaries, SummaryDrift};
use rusqlite::{Connection, Row, params};

use crate::error::Result;
use crate::row::Cells;

/// One statement, so that each movie's summary and ratings are those of one moment. Columns: the
/// movie, ten buckets stored, ten counted.
macro_rules! compare {
    ($movies:literal) => {
        concat!(
            "
    SELECT movie.id,
        coalesce(h1, 0), coalesce(h2, 0), coalesce(h3, 0), coalesce(h4, 0), coalesce(h5, 0),
        coalesce(h6, 0), coalesce(h7, 0), coalesce(h8, 0), coalesce(h9, 0), coalesce(h10, 0),
        count(score) FILTER (WHERE score = 1), count(score) FILTER (WHERE score = 2),
        count(score) FILTER (WHERE score = 3), count(score) FILTER (WHERE score = 4),
        count(score) FILTER (WHERE score = 5), count(score) FILTER (WHERE score = 6),
        count(score) FILTER (WHERE score = 7), count(score) FILTER (WHERE score = 8),
        count(score) FILTER (WHERE score = 9), count(score) FILTER (WHERE score = 10)
    FROM (",
            $movies,
            ") AS movie
    LEFT JOIN rating_summaries AS summary ON summary.movie_id = movie.id
    LEFT JOIN ratings ON ratings.movie_id = movie.id
    GROUP BY movie.id
    ORDER BY movie.id"
        )
    };
}

const COMPARE_NEXT: &str = compare!("SELECT id FROM movies WHERE id > ?1 ORDER BY id LIMIT ?2");

const COMPARE_ONE: &str = compare!("SELECT id FROM movies WHERE id = ?1");

pub(super) fn run(connection: &Connection, after: i64, limit: usize) -> Result<ComparedSummaries> {
    let mut statement = connection.prepare_cached(COMPARE_NEXT)?;
    let found = statement.query_map(params![after, limit], read)?;
    let all = found.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(ComparedSummaries {
        compared: all.len(),
        last: all.last().map(|found| found.movie_id),
        drifts: all.into_iter().filter(|found| found.stored != found.counted).collect(),
    })
}

/// A movie's summary and ratings; nothing for a movie that is gone.
pub(super) fn one(connection: &Connection, movie_id: i64) -> Result<Option<SummaryDrift>> {
    let mut statement = connection.prepare_cached(COMPARE_ONE)?;
    let mut found = statement.query_map([movie_id], read)?;
    Ok(found.next().transpose()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<SummaryDrift> {
    let mut cells = Cells::of(row);
    Ok(SummaryDrift {
        movie_id: cells.take()?,
        stored: buckets(&mut cells)?,
        counted: buckets(&mut cells)?,
    })
}

fn buckets(cells: &mut Cells<'_, '_>) -> rusqlite::Result<[i64; 10]> {
    let mut buckets = [0; 10];
    for bucket in &mut buckets {
        *bucket = cells.take()?;
    }
    Ok(buckets)
}
