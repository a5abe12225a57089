use std::array;
use std::collections::HashSet;

use reelmark_application::ports::{ScoreChangeRecord, SummaryDelta, summary_deltas};
use reelmark_domain::popularity_class;
use time::OffsetDateTime;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::totals::add_to_totals;
use crate::error::Result;
use crate::movie::words::move_to;
use crate::session::Transaction;
use crate::store::PostgresStore;

/// In ascending order, so that two consumers of the same messages wait for one another instead of
/// deadlocking.
const RECORD: &str = "
    INSERT INTO processed_messages (message_id, processed_at)
    SELECT message_id, $2 FROM unnest($1::bigint[]) AS message_id ORDER BY message_id
    ON CONFLICT (message_id) DO NOTHING
    RETURNING message_id";

/// A movie that was removed meanwhile has no summary, so nothing happens.
const ADD: &str = "
    UPDATE rating_summaries AS summary
    SET h1 = summary.h1 + delta.h1,
        h2 = summary.h2 + delta.h2,
        h3 = summary.h3 + delta.h3,
        h4 = summary.h4 + delta.h4,
        h5 = summary.h5 + delta.h5,
        h6 = summary.h6 + delta.h6,
        h7 = summary.h7 + delta.h7,
        h8 = summary.h8 + delta.h8,
        h9 = summary.h9 + delta.h9,
        h10 = summary.h10 + delta.h10,
        trend = summary.trend + delta.trend,
        catalogue_mean = $2,
        version = summary.version + 1,
        computed_at = $3
    FROM unnest(
        $1::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
        $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[],
        $14::double precision[]
    ) AS delta (movie_id, h1, h2, h3, h4, h5, h6, h7, h8, h9, h10, trend)
    WHERE summary.movie_id = delta.movie_id
    RETURNING summary.movie_id, rating_count,
        delta.h1 + delta.h2 + delta.h3 + delta.h4 + delta.h5 + delta.h6 + delta.h7 + delta.h8
            + delta.h9 + delta.h10 AS added";

/// Counts may be negative until the changes that come later have been counted.
pub(super) async fn run(
    store: &PostgresStore,
    changes: &[ScoreChangeRecord],
    at: OffsetDateTime,
) -> Result<()> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    let fresh = record(&transaction, changes, at).await?;
    count_in(&transaction, &fresh, at).await?;
    transaction.commit().await
}

/// Counts changes in that no message tells of, or none that was counted before.
pub(crate) async fn count_in(
    transaction: &Transaction<'_>,
    changes: &[ScoreChangeRecord],
    at: OffsetDateTime,
) -> Result<()> {
    let deltas = summary_deltas(changes)?;
    if deltas.is_empty() {
        return Ok(());
    }
    let count = deltas.iter().map(SummaryDelta::count).sum();
    let sum = deltas.iter().map(SummaryDelta::sum).sum();
    let mean = add_to_totals(transaction, count, sum).await?;
    add(transaction, &deltas, mean, at).await
}

/// Records the messages and returns the changes of those that are new, each once.
async fn record(
    transaction: &Transaction<'_>,
    changes: &[ScoreChangeRecord],
    at: OffsetDateTime,
) -> Result<Vec<ScoreChangeRecord>> {
    let ids: Vec<i64> = changes.iter().map(|change| change.message_id).collect();
    let recorded = transaction.query(RECORD, &[&ids, &at]).await?;
    let recorded = recorded.iter().map(|row| Ok(row.try_get("message_id")?));
    let mut new: HashSet<i64> = recorded.collect::<Result<_>>()?;
    let changes = changes.iter().copied();
    Ok(changes.filter(|change| new.remove(&change.message_id)).collect())
}

pub(super) async fn add(
    transaction: &Transaction<'_>,
    deltas: &[SummaryDelta],
    mean: Option<f64>,
    at: OffsetDateTime,
) -> Result<()> {
    let movies: Vec<i64> = deltas.iter().map(|delta| delta.movie_id).collect();
    let buckets: [Vec<i64>; 10] =
        array::from_fn(|bucket| deltas.iter().map(|delta| delta.buckets[bucket]).collect());
    let mut parameters: Vec<&(dyn ToSql + Sync)> = vec![&movies, &mean, &at];
    parameters.extend(buckets.iter().map(|bucket| bucket as &(dyn ToSql + Sync)));
    let trends: Vec<f64> = deltas.iter().map(|delta| delta.trend).collect();
    parameters.push(&trends);
    let added = transaction.query(ADD, &parameters).await?;
    move_words(transaction, &added).await
}

/// Movies that have become so much more popular, or less, that searches look at them earlier or
/// later.
async fn move_words(transaction: &Transaction<'_>, added: &[Row]) -> Result<()> {
    let (mut movies, mut classes) = (Vec::new(), Vec::new());
    for row in added {
        let (ratings, added): (i64, i64) = (row.try_get("rating_count")?, row.try_get("added")?);
        let class = popularity_class(ratings);
        if class != popularity_class(ratings - added) {
            movies.push(row.try_get("movie_id")?);
            classes.push(class);
        }
    }
    move_to(transaction, &movies, &classes).await
}
