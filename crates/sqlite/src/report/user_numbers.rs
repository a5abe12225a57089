use reelmark_application::ports::{
    ComparedRatingRecord, LEAST_OTHERS, RatingSpan, UserNumbersRecord, YEARS_BEST, YearsBestRecord,
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::row::{all, ends, histogram, in_span, next_movie, score_counts, tally};
use crate::error::Result;
use crate::row::Cells;

const USER: &str = "SELECT id, username FROM users WHERE username_key = ?1";

const HISTOGRAM: &str = concat!(
    "SELECT ",
    score_counts!(),
    " FROM ratings WHERE user_id = ?1 AND ",
    in_span!("?2", "?3")
);

const BY_GENRE: &str = concat!(
    "
    SELECT min(genres.name), count(*), sum(score)
    FROM ratings
    JOIN movie_genres AS genres ON genres.movie_id = ratings.movie_id
    WHERE ratings.user_id = ?1 AND ",
    in_span!("?2", "?3"),
    " GROUP BY genres.genre_key ORDER BY count(*) DESC, genres.genre_key LIMIT 50"
);

const BY_DECADE: &str = concat!(
    "
    SELECT CAST(movies.release_year / 10 * 10 AS TEXT), count(*), sum(score)
    FROM ratings
    JOIN movies ON movies.id = ratings.movie_id
    WHERE ratings.user_id = ?1 AND ",
    in_span!("?2", "?3"),
    " GROUP BY movies.release_year / 10 ORDER BY movies.release_year / 10 NULLS LAST"
);

const BY_DAY: &str = concat!(
    "
    SELECT strftime('%Y-%m-%d', updated_at / 1000000, 'unixepoch'), count(*), sum(score)
    FROM ratings
    WHERE user_id = ?1 AND ",
    in_span!("?2", "?3"),
    " GROUP BY 1 ORDER BY 1"
);

/// The summaries hold the user's own ratings, too, which are taken out again.
macro_rules! compared {
    ($order:literal) => {
        concat!(
            "
    WITH compared AS (
        SELECT ratings.movie_id, ratings.score,
            summaries.rating_count - 1 AS others_count,
            h1 + 2*h2 + 3*h3 + 4*h4 + 5*h5 + 6*h6 + 7*h7 + 8*h8 + 9*h9 + 10*h10 - ratings.score
                AS others_sum
        FROM ratings
        JOIN rating_summaries AS summaries ON summaries.movie_id = ratings.movie_id
        WHERE ratings.user_id = ?1 AND ",
            in_span!("?2", "?3"),
            "
    ), measured AS (
        SELECT *, score - CAST(others_sum AS REAL) / others_count AS difference
        FROM compared
        WHERE others_count >= ?4
            AND others_sum BETWEEN others_count AND 10 * others_count
    )
    SELECT movies.id, movies.title, movies.release_year, score, others_count, others_sum
    FROM measured
    JOIN movies ON movies.id = measured.movie_id
    WHERE ",
            $order,
            ", movies.id LIMIT 10"
        )
    };
}

const MOST_GENEROUS: &str = compared!("difference > 0 ORDER BY difference DESC");
const LEAST_GENEROUS: &str = compared!("difference < 0 ORDER BY difference");

const YEARS_BEST_MOVIES: &str = concat!(
    "
    WITH dated AS (
        SELECT movie_id, score, updated_at,
            CAST(strftime('%Y', updated_at / 1000000, 'unixepoch') AS INTEGER) AS year
        FROM ratings
        WHERE user_id = ?1 AND ",
    in_span!("?2", "?3"),
    "
    ), placed AS (
        SELECT *, row_number() OVER (
            PARTITION BY year ORDER BY score DESC, updated_at DESC, movie_id
        ) AS place
        FROM dated
    )
    SELECT year, movies.id, movies.title, movies.release_year, score
    FROM placed
    JOIN movies ON movies.id = placed.movie_id
    WHERE place <= ?4
    ORDER BY year, place"
);

pub(super) fn run(
    connection: &Connection,
    username_key: &str,
    span: RatingSpan,
) -> Result<Option<UserNumbersRecord>> {
    let snapshot = connection.unchecked_transaction()?;
    let user = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get(1)?));
    let found = snapshot.prepare_cached(USER)?.query_row([username_key], user).optional()?;
    let Some((id, username)) = found else {
        return Ok(None);
    };
    let (from, to) = ends(&span);
    let of = params![id, from, to];
    let among_others = params![id, from, to, LEAST_OTHERS];
    Ok(Some(UserNumbersRecord {
        username,
        histogram: snapshot.prepare_cached(HISTOGRAM)?.query_row(of, histogram)?,
        by_genre: all(&snapshot, BY_GENRE, of, tally)?,
        by_decade: all(&snapshot, BY_DECADE, of, tally)?,
        by_day: all(&snapshot, BY_DAY, of, tally)?,
        most_generous: all(&snapshot, MOST_GENEROUS, among_others, compared)?,
        least_generous: all(&snapshot, LEAST_GENEROUS, among_others, compared)?,
        years_best: all(
            &snapshot,
            YEARS_BEST_MOVIES,
            params![id, from, to, YEARS_BEST],
            years_best_movie,
        )?,
    }))
}

fn compared(row: &Row<'_>) -> rusqlite::Result<ComparedRatingRecord> {
    let mut cells = Cells::of(row);
    Ok(ComparedRatingRecord {
        movie: next_movie(&mut cells)?,
        score: cells.take()?,
        others_count: cells.take()?,
        others_sum: cells.take()?,
    })
}

fn years_best_movie(row: &Row<'_>) -> rusqlite::Result<YearsBestRecord> {
    let mut cells = Cells::of(row);
    Ok(YearsBestRecord {
        year: cells.take()?,
        movie: next_movie(&mut cells)?,
        score: cells.take()?,
    })
}
