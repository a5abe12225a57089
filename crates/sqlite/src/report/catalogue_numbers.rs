use reelmark_application::ports::{
    ActiveRaterRecord, CatalogueNumbersRecord, LEAST_DIVISIVE, RatingSpan,
};
use rusqlite::{Connection, Row, params};

use super::row::{all, ends, histogram, in_span, movie, ranked, tally};
use crate::error::Result;
use crate::row::Cells;

const TOTALS: &str = "
    SELECT
        (SELECT count(*) FROM movies),
        (SELECT count(*) FROM users) - (SELECT count(*) FROM import_raters),
        (SELECT count(*) FROM ratings WHERE review IS NOT NULL),
        (SELECT count(*) FROM rating_summaries WHERE rating_count = 0)";

const HISTOGRAM: &str = "
    SELECT
        coalesce(sum(h1), 0), coalesce(sum(h2), 0), coalesce(sum(h3), 0), coalesce(sum(h4), 0),
        coalesce(sum(h5), 0), coalesce(sum(h6), 0), coalesce(sum(h7), 0), coalesce(sum(h8), 0),
        coalesce(sum(h9), 0), coalesce(sum(h10), 0)
    FROM rating_summaries";

const BY_DAY: &str = concat!(
    "
    SELECT strftime('%Y-%m-%d', updated_at / 1000000, 'unixepoch'), count(*), sum(score)
    FROM ratings
    WHERE ",
    in_span!("?1", "?2"),
    " GROUP BY 1 ORDER BY 1"
);

/// Movies with their summaries, in an order.
macro_rules! ranking {
    ($order:literal) => {
        concat!(
            "
    SELECT movies.id, movies.title, movies.release_year, catalogue_mean,
        h1, h2, h3, h4, h5, h6, h7, h8, h9, h10
    FROM rating_summaries AS summaries
    JOIN movies ON movies.id = summaries.movie_id
    WHERE ",
            $order,
            ", summaries.movie_id LIMIT 10"
        )
    };
}

const TOP_RATED: &str = ranking!("rating_count > 0 ORDER BY weighted_score DESC");

/// The variance is a fraction of whole numbers, so that it is the same on every engine.
const MOST_DIVISIVE: &str = ranking!(
    "rating_count >= ?1
    ORDER BY CAST(
        rating_count
            * (h1 + 4*h2 + 9*h3 + 16*h4 + 25*h5 + 36*h6 + 49*h7 + 64*h8 + 81*h9 + 100*h10)
        - (h1 + 2*h2 + 3*h3 + 4*h4 + 5*h5 + 6*h6 + 7*h7 + 8*h8 + 9*h9 + 10*h10)
            * (h1 + 2*h2 + 3*h3 + 4*h4 + 5*h5 + 6*h6 + 7*h7 + 8*h8 + 9*h9 + 10*h10)
    AS REAL) / (rating_count * rating_count) DESC"
);

const MOST_ACTIVE: &str = concat!(
    "
    WITH active AS (
        SELECT user_id, count(*) AS count, sum(score) AS sum
        FROM ratings
        WHERE ",
    in_span!("?1", "?2"),
    "
        GROUP BY user_id
        ORDER BY count(*) DESC, user_id
        LIMIT 10
    )
    SELECT CASE users.visibility WHEN 'public' THEN users.username END, count, sum
    FROM active
    JOIN users ON users.id = active.user_id
    ORDER BY count DESC, user_id"
);

const UNRATED: &str = "
    SELECT movies.id, movies.title, movies.release_year
    FROM rating_summaries AS summaries
    JOIN movies ON movies.id = summaries.movie_id
    WHERE rating_count = 0
    ORDER BY summaries.movie_id DESC
    LIMIT 10";

struct Totals {
    movies: i64,
    users: i64,
    reviews: i64,
    unrated: i64,
}

pub(super) fn run(connection: &Connection, span: RatingSpan) -> Result<CatalogueNumbersRecord> {
    let snapshot = connection.unchecked_transaction()?;
    let (from, to) = ends(&span);
    let spanned = params![from, to];
    let Totals { movies, users, reviews, unrated } =
        snapshot.prepare_cached(TOTALS)?.query_row([], totals)?;
    Ok(CatalogueNumbersRecord {
        movies,
        users,
        reviews,
        histogram: snapshot.prepare_cached(HISTOGRAM)?.query_row([], histogram)?,
        by_day: all(&snapshot, BY_DAY, spanned, tally)?,
        top_rated: all(&snapshot, TOP_RATED, [], ranked)?,
        most_divisive: all(&snapshot, MOST_DIVISIVE, [LEAST_DIVISIVE], ranked)?,
        most_active: all(&snapshot, MOST_ACTIVE, spanned, active_rater)?,
        unrated,
        unrated_sample: all(&snapshot, UNRATED, [], movie)?,
    })
}

fn totals(row: &Row<'_>) -> rusqlite::Result<Totals> {
    let mut cells = Cells::of(row);
    Ok(Totals {
        movies: cells.take()?,
        users: cells.take()?,
        reviews: cells.take()?,
        unrated: cells.take()?,
    })
}

fn active_rater(row: &Row<'_>) -> rusqlite::Result<ActiveRaterRecord> {
    let mut cells = Cells::of(row);
    Ok(ActiveRaterRecord { username: cells.take()?, count: cells.take()?, sum: cells.take()? })
}
