use reelmark_application::messages::MovieChangedV1;
use reelmark_application::ports::{SummaryDelta, SummaryDrift};
use time::OffsetDateTime;

use super::apply_score_changes::add;
use super::compare;
use super::totals::{add_to_totals, catalogue_mean};
use crate::error::Result;
use crate::outbox::append;
use crate::store::PostgresStore;

/// A summary that got lost altogether.
const MAKE: &str = "
    INSERT INTO rating_summaries (movie_id, computed_at) VALUES ($1, $2)
    ON CONFLICT (movie_id) DO NOTHING";

/// The totals are locked first, as by all who write summaries, so that what is compared then stays
/// as it is until the commit.
pub(super) async fn run(
    store: &PostgresStore,
    drift: SummaryDrift,
    at: OffsetDateTime,
) -> Result<bool> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    catalogue_mean(&transaction).await?;
    if compare::one(&transaction, drift.movie_id).await? != Some(drift) {
        return Ok(false);
    }
    transaction.query(MAKE, &[&drift.movie_id, &at]).await?;
    let delta = SummaryDelta::from(drift);
    let mean = add_to_totals(&transaction, delta.count(), delta.sum()).await?;
    add(&transaction, &[delta], mean, at).await?;
    let message = MovieChangedV1 { movie: drift.movie_id };
    append(&transaction, MovieChangedV1::KIND, &message, at).await?;
    transaction.commit().await?;
    Ok(true)
}
