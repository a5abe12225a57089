use reelmark_application::ports::{
    ComparedRatingRecord, LEAST_OTHERS, RatingSpan, UserNumbersRecord, YEARS_BEST, YearsBestRecord,
};
use tokio_postgres::Row;

use super::row::{histogram, in_span, movie, score_counts, tally};
use super::snapshot;
use crate::error::Result;
use crate::session::Parameters;
use crate::store::PostgresStore;

const USER: &str = "SELECT id, username FROM users WHERE username_key = $1";

const HISTOGRAM: &str = concat!(
    "SELECT ",
    score_counts!(),
    " FROM ratings WHERE user_id = $1 AND ",
    in_span!("$2", "$3")
);

const BY_GENRE: &str = concat!(
    "
    SELECT min(genres.name COLLATE \"C\") AS key, count(*) AS count, sum(score)::bigint AS sum
    FROM ratings
    JOIN movie_genres AS genres ON genres.movie_id = ratings.movie_id
    WHERE ratings.user_id = $1 AND ",
    in_span!("$2", "$3"),
    " GROUP BY genres.genre_key ORDER BY count(*) DESC, genres.genre_key LIMIT 50"
);

const BY_DECADE: &str = concat!(
    "
    SELECT (movies.release_year / 10 * 10)::text AS key,
        count(*) AS count, sum(score)::bigint AS sum
    FROM ratings
    JOIN movies ON movies.id = ratings.movie_id
    WHERE ratings.user_id = $1 AND ",
    in_span!("$2", "$3"),
    " GROUP BY movies.release_year / 10 ORDER BY movies.release_year / 10 NULLS LAST"
);

const BY_DAY: &str = concat!(
    "
    SELECT to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS key,
        count(*) AS count, sum(score)::bigint AS sum
    FROM ratings
    WHERE user_id = $1 AND ",
    in_span!("$2", "$3"),
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
        WHERE ratings.user_id = $1 AND ",
            in_span!("$2", "$3"),
            "
    ), measured AS (
        SELECT *, score - others_sum::double precision / others_count AS difference
        FROM compared
        WHERE others_count >= $4
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
            extract(year FROM updated_at AT TIME ZONE 'UTC')::integer AS year
        FROM ratings
        WHERE user_id = $1 AND ",
    in_span!("$2", "$3"),
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
    WHERE place <= $4
    ORDER BY year, place"
);

pub(super) async fn run(
    store: &PostgresStore,
    username_key: &str,
    span: RatingSpan,
) -> Result<Option<UserNumbersRecord>> {
    let mut session = store.session().await?;
    let snapshot = snapshot::begin(&mut session).await?;
    let Some(user) = snapshot.query_opt(USER, &[&username_key]).await? else {
        return Ok(None);
    };
    let id: i64 = user.try_get("id")?;
    let of: Parameters<'_> = &[&id, &span.from, &span.to];
    let among_others: Parameters<'_> = &[&id, &span.from, &span.to, &LEAST_OTHERS];
    let per_year: Parameters<'_> = &[&id, &span.from, &span.to, &YEARS_BEST];
    let by_genre = snapshot.query(BY_GENRE, of).await?;
    let by_decade = snapshot.query(BY_DECADE, of).await?;
    let by_day = snapshot.query(BY_DAY, of).await?;
    let most_generous = snapshot.query(MOST_GENEROUS, among_others).await?;
    let least_generous = snapshot.query(LEAST_GENEROUS, among_others).await?;
    let years_best = snapshot.query(YEARS_BEST_MOVIES, per_year).await?;
    Ok(Some(UserNumbersRecord {
        username: user.try_get("username")?,
        histogram: histogram(&snapshot.query_one(HISTOGRAM, of).await?)?,
        by_genre: by_genre.iter().map(tally).collect::<Result<_>>()?,
        by_decade: by_decade.iter().map(tally).collect::<Result<_>>()?,
        by_day: by_day.iter().map(tally).collect::<Result<_>>()?,
        most_generous: most_generous.iter().map(compared).collect::<Result<_>>()?,
        least_generous: least_generous.iter().map(compared).collect::<Result<_>>()?,
        years_best: years_best.iter().map(years_best_movie).collect::<Result<_>>()?,
    }))
}

fn compared(row: &Row) -> Result<ComparedRatingRecord> {
    Ok(ComparedRatingRecord {
        movie: movie(row)?,
        score: row.try_get("score")?,
        others_count: row.try_get("others_count")?,
        others_sum: row.try_get("others_sum")?,
    })
}

fn years_best_movie(row: &Row) -> Result<YearsBestRecord> {
    Ok(YearsBestRecord {
        year: row.try_get("year")?,
        movie: movie(row)?,
        score: row.try_get("score")?,
    })
}
