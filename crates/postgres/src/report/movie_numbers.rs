use reelmark_application::ports::{MovieNumbersRecord, RatingSpan};

use super::row::{histogram, in_span, movie, score_counts, tally};
use super::snapshot;
use crate::error::Result;
use crate::session::Parameters;
use crate::store::PostgresStore;

const MOVIE: &str = "SELECT id, title, release_year FROM movies WHERE id = $1";

const HISTOGRAM: &str = concat!(
    "SELECT ",
    score_counts!(),
    " FROM ratings WHERE movie_id = $1 AND ",
    in_span!("$2", "$3")
);

const CATALOGUE: &str = "SELECT rating_count, rating_sum FROM catalogue_totals WHERE id = 1";

const BY_MONTH: &str = concat!(
    "
    SELECT to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM') AS key,
        count(*) AS count, sum(score)::bigint AS sum
    FROM ratings
    WHERE movie_id = $1 AND ",
    in_span!("$2", "$3"),
    " GROUP BY 1 ORDER BY 1"
);

pub(super) async fn run(
    store: &PostgresStore,
    movie_id: i64,
    span: RatingSpan,
) -> Result<Option<MovieNumbersRecord>> {
    let mut session = store.session().await?;
    let snapshot = snapshot::begin(&mut session).await?;
    let Some(found) = snapshot.query_opt(MOVIE, &[&movie_id]).await? else {
        return Ok(None);
    };
    let of: Parameters<'_> = &[&movie_id, &span.from, &span.to];
    let totals = snapshot.query_one(CATALOGUE, &[]).await?;
    let by_month = snapshot.query(BY_MONTH, of).await?;
    Ok(Some(MovieNumbersRecord {
        movie: movie(&found)?,
        histogram: histogram(&snapshot.query_one(HISTOGRAM, of).await?)?,
        catalogue: (totals.try_get("rating_count")?, totals.try_get("rating_sum")?),
        by_month: by_month.iter().map(tally).collect::<Result<_>>()?,
    }))
}
