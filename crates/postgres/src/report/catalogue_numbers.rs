use reelmark_application::ports::{
    ActiveRaterRecord, CatalogueNumbersRecord, LEAST_DIVISIVE, RatingSpan,
};
use tokio_postgres::Row;

use super::row::{histogram, in_span, movie, ranked, tally};
use super::snapshot;
use crate::error::Result;
use crate::session::Parameters;
use crate::store::PostgresStore;

const TOTALS: &str = "
    SELECT
        (SELECT count(*) FROM movies) AS movies,
        (SELECT count(*) FROM users) - (SELECT count(*) FROM import_raters) AS users,
        (SELECT count(*) FROM ratings WHERE review IS NOT NULL) AS reviews,
        (SELECT count(*) FROM rating_summaries WHERE rating_count = 0) AS unrated";

const HISTOGRAM: &str = "
    SELECT ARRAY[
        coalesce(sum(h1), 0)::bigint, coalesce(sum(h2), 0)::bigint,
        coalesce(sum(h3), 0)::bigint, coalesce(sum(h4), 0)::bigint,
        coalesce(sum(h5), 0)::bigint, coalesce(sum(h6), 0)::bigint,
        coalesce(sum(h7), 0)::bigint, coalesce(sum(h8), 0)::bigint,
        coalesce(sum(h9), 0)::bigint, coalesce(sum(h10), 0)::bigint
    ] AS histogram
    FROM rating_summaries";

const BY_DAY: &str = concat!(
    "
    SELECT to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS key,
        count(*) AS count, sum(score)::bigint AS sum
    FROM ratings
    WHERE ",
    in_span!("$1", "$2"),
    " GROUP BY 1 ORDER BY 1"
);

/// Movies with their summaries, in an order.
macro_rules! ranking {
    ($order:literal) => {
        concat!(
            "
    SELECT movies.id, movies.title, movies.release_year, catalogue_mean,
        ARRAY[h1, h2, h3, h4, h5, h6, h7, h8, h9, h10] AS histogram
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
    "rating_count >= $1
    ORDER BY (
        rating_count
            * (h1 + 4*h2 + 9*h3 + 16*h4 + 25*h5 + 36*h6 + 49*h7 + 64*h8 + 81*h9 + 100*h10)
        - (h1 + 2*h2 + 3*h3 + 4*h4 + 5*h5 + 6*h6 + 7*h7 + 8*h8 + 9*h9 + 10*h10)
            * (h1 + 2*h2 + 3*h3 + 4*h4 + 5*h5 + 6*h6 + 7*h7 + 8*h8 + 9*h9 + 10*h10)
    )::double precision / (rating_count * rating_count) DESC"
);

const MOST_ACTIVE: &str = concat!(
    "
    WITH active AS (
        SELECT user_id, count(*) AS count, sum(score)::bigint AS sum
        FROM ratings
        WHERE ",
    in_span!("$1", "$2"),
    "
        GROUP BY user_id
        ORDER BY count(*) DESC, user_id
        LIMIT 10
    )
    SELECT CASE users.visibility WHEN 'public' THEN users.username END AS username, count, sum
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

pub(super) async fn run(store: &PostgresStore, span: RatingSpan) -> Result<CatalogueNumbersRecord> {
    let mut session = store.session().await?;
    let snapshot = snapshot::begin(&mut session).await?;
    let spanned: Parameters<'_> = &[&span.from, &span.to];
    let totals = snapshot.query_one(TOTALS, &[]).await?;
    let by_day = snapshot.query(BY_DAY, spanned).await?;
    let top_rated = snapshot.query(TOP_RATED, &[]).await?;
    let most_divisive = snapshot.query(MOST_DIVISIVE, &[&LEAST_DIVISIVE]).await?;
    let most_active = snapshot.query(MOST_ACTIVE, spanned).await?;
    let unrated = snapshot.query(UNRATED, &[]).await?;
    Ok(CatalogueNumbersRecord {
        movies: totals.try_get("movies")?,
        users: totals.try_get("users")?,
        reviews: totals.try_get("reviews")?,
        histogram: histogram(&snapshot.query_one(HISTOGRAM, &[]).await?)?,
        by_day: by_day.iter().map(tally).collect::<Result<_>>()?,
        top_rated: top_rated.iter().map(ranked).collect::<Result<_>>()?,
        most_divisive: most_divisive.iter().map(ranked).collect::<Result<_>>()?,
        most_active: most_active.iter().map(active_rater).collect::<Result<_>>()?,
        unrated: totals.try_get("unrated")?,
        unrated_sample: unrated.iter().map(movie).collect::<Result<_>>()?,
    })
}

fn active_rater(row: &Row) -> Result<ActiveRaterRecord> {
    Ok(ActiveRaterRecord {
        username: row.try_get("username")?,
        count: row.try_get("count")?,
        sum: row.try_get("sum")?,
    })
}
