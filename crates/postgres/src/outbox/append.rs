use reelmark_application::messages::Channel;
use serde::Serialize;
use time::OffsetDateTime;

use crate::error::{Failure, Result};
use crate::session::Transaction;

pub(super) const APPEND: &str = "
    INSERT INTO outbox_messages (kind, payload, created_at, channel) VALUES ($1, $2, $3, $4)";

/// Stores a message in the transaction of what it tells of.
pub(crate) async fn append(
    transaction: &Transaction<'_>,
    kind: &str,
    message: &(impl Serialize + Sync),
    at: OffsetDateTime,
) -> Result<()> {
    let payload = serde_json::to_string(message);
    let payload = payload.map_err(|error| Failure::Corrupt(Box::new(error)))?;
    transaction.query(APPEND, &[&kind, &payload, &at, &Channel::of(kind).name()]).await?;
    Ok(())
}
