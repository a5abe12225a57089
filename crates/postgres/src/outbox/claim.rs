use reelmark_application::messages::Channel;
use reelmark_application::ports::MessageRecord;
use time::{Duration, OffsetDateTime};
use tokio_postgres::Row;

use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

/// Passes over what another claimant has its hands on. An `UPDATE` returns rows in any order.
macro_rules! claim {
    ($in_channel:literal) => {
        concat!(
            "
    WITH next AS (
        SELECT id FROM outbox_messages
        WHERE ",
            $in_channel,
            " AND (claimed_until IS NULL OR claimed_until <= $1)
        ORDER BY id
        LIMIT $3
        FOR UPDATE SKIP LOCKED
    ), claimed AS (
        UPDATE outbox_messages AS message
        SET claimed_until = $2
        WHERE message.id = ANY (ARRAY(SELECT id FROM next))
        RETURNING message.id, message.kind, message.payload, message.created_at
    )
    SELECT id, kind, payload, created_at FROM claimed ORDER BY id"
        )
    };
}

/// Nearly all messages are of this channel, so they are found by their ids.
const CLAIM_RATINGS: &str = claim!("channel = 'ratings' AND $4 = 'ratings'");

/// The others have an index of their own, so that they don't look for theirs among the ratings.
const CLAIM_OTHERS: &str = claim!("channel = $4 AND channel <> 'ratings'");

pub(super) async fn run(
    store: &PostgresStore,
    channel: Channel,
    limit: usize,
    now: OffsetDateTime,
    hold: Duration,
) -> Result<Vec<MessageRecord>> {
    let session = store.session().await?;
    let until = now.saturating_add(hold);
    let sql = match channel {
        Channel::Ratings => CLAIM_RATINGS,
        _ => CLAIM_OTHERS,
    };
    let claimed = session.query(sql, &[&now, &until, &limited(limit), &channel.name()]).await?;
    claimed.iter().map(message).collect()
}

fn message(row: &Row) -> Result<MessageRecord> {
    Ok(MessageRecord {
        id: row.try_get("id")?,
        kind: row.try_get("kind")?,
        payload: row.try_get("payload")?,
        created_at: row.try_get("created_at")?,
    })
}
