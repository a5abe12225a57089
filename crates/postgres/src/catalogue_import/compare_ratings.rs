use reelmark_application::ports::{ImportRating, StoredRatings};
use time::OffsetDateTime;
use tokio_postgres::Row;
use tokio_postgres::types::{ToSql, Type};

use crate::error::{Failure, Result};
use crate::store::PostgresStore;

const COMPARE: &str = "
    SELECT
        count(*) FILTER (WHERE ratings.user_id IS NULL) AS added,
        count(*) FILTER (WHERE asked.at > ratings.updated_at) AS changed,
        count(*) FILTER (WHERE asked.at <= ratings.updated_at) AS unchanged
    FROM unnest($2::bigint[], $3::bigint[], $4::timestamptz[]) AS asked (rater, movie_id, at)
    LEFT JOIN import_raters ON import_raters.set_id = $1 AND import_raters.rater = asked.rater
    LEFT JOIN ratings
        ON ratings.user_id = import_raters.user_id AND ratings.movie_id = asked.movie_id
    WHERE EXISTS (SELECT FROM movies WHERE movies.id = asked.movie_id)";

pub(super) async fn run(
    store: &PostgresStore,
    set: i64,
    ratings: &[ImportRating],
) -> Result<StoredRatings> {
    let raters: Vec<i64> = ratings.iter().map(|rating| rating.rater).collect();
    let movies: Vec<i64> = ratings.iter().map(|rating| rating.movie_id).collect();
    let times: Vec<OffsetDateTime> = ratings.iter().map(|rating| rating.at).collect();
    let parameters: [(&(dyn ToSql + Sync), Type); 4] = [
        (&set, Type::INT8),
        (&raters, Type::INT8_ARRAY),
        (&movies, Type::INT8_ARRAY),
        (&times, Type::TIMESTAMPTZ_ARRAY),
    ];
    let session = store.session().await?;
    let compared = session.query_planned_anew(COMPARE, &parameters).await?;
    let compared = compared.first().ok_or(Failure::NoRow)?;
    Ok(StoredRatings {
        added: number(compared, "added")?,
        changed: number(compared, "changed")?,
        unchanged: number(compared, "unchanged")?,
    })
}

fn number(row: &Row, column: &str) -> Result<u64> {
    Ok(row.try_get::<_, i64>(column)?.unsigned_abs())
}
