use reelmark_application::ports::ClaimNeighbours;

use crate::error::Result;
use crate::store::PostgresStore;

/// Of several claimants one finds the row as it was; the others wait for its commit and then find
/// it claimed.
const CLAIM: &str = "
    UPDATE neighbour_runs
    SET last_generation = last_generation + 1, claimed_until = $3
    WHERE id = 1 AND generation = $1 AND (claimed_until IS NULL OR claimed_until <= $2)
    RETURNING last_generation";

pub(super) async fn run(store: &PostgresStore, claim: ClaimNeighbours) -> Result<Option<i64>> {
    let ClaimNeighbours { replaces, now, until } = claim;
    let session = store.session().await?;
    let claimed = session.query_opt(CLAIM, &[&replaces, &now, &until]).await?;
    claimed.map(|row| Ok(row.try_get("last_generation")?)).transpose()
}
