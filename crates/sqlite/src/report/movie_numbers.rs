use reelmark_application::ports::{MovieNumbersRecord, RatingSpan};
use rusqlite::{Connection, OptionalExtension, params};

use super::row::{all, ends, histogram, in_span, movie, score_counts, tally};
use crate::error::Result;

const MOVIE: &str = "SELECT id, title, release_year FROM movies WHERE id = ?1";

const HISTOGRAM: &str = concat!(
    "SELECT ",
    score_counts!(),
    " FROM ratings WHERE movie_id = ?1 AND ",
    in_span!("?2", "?3")
);

const CATALOGUE: &str = "SELECT rating_count, rating_sum FROM catalogue_totals WHERE id = 1";

const BY_MONTH: &str = concat!(
    "
    SELECT strftime('%Y-%m', updated_at / 1000000, 'unixepoch'), count(*), sum(score)
    FROM ratings
    WHERE movie_id = ?1 AND ",
    in_span!("?2", "?3"),
    " GROUP BY 1 ORDER BY 1"
);

pub(super) fn run(
    connection: &Connection,
    movie_id: i64,
    span: RatingSpan,
) -> Result<Option<MovieNumbersRecord>> {
    let snapshot = connection.unchecked_transaction()?;
    let found = snapshot.prepare_cached(MOVIE)?.query_row([movie_id], movie).optional()?;
    let Some(movie) = found else {
        return Ok(None);
    };
    let (from, to) = ends(&span);
    let of = params![movie_id, from, to];
    let totals = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    Ok(Some(MovieNumbersRecord {
        movie,
        histogram: snapshot.prepare_cached(HISTOGRAM)?.query_row(of, histogram)?,
        catalogue: snapshot.prepare_cached(CATALOGUE)?.query_row([], totals)?,
        by_month: all(&snapshot, BY_MONTH, of, tally)?,
    }))
}
