use reelmark_application::messages::Channel;
use reelmark_application::ports::MessageRecord;
use rusqlite::{Connection, Row, params};
use time::{Duration, OffsetDateTime};

use crate::error::Result;
use crate::row::{Cells, Micros};

macro_rules! claim {
    ($in_channel:literal) => {
        concat!(
            "
    UPDATE outbox_messages
    SET claimed_until = ?3
    WHERE id IN (
        SELECT id FROM outbox_messages
        WHERE ",
            $in_channel,
            " AND (claimed_until IS NULL OR claimed_until <= ?2)
        ORDER BY id
        LIMIT ?1
    )
    RETURNING id, kind, payload, created_at"
        )
    };
}

/// Nearly all messages are of this channel, so they are found by their ids.
const CLAIM_RATINGS: &str = claim!("channel = 'ratings' AND ?4 = 'ratings'");

/// The others have an index of their own, so that they don't look for theirs among the ratings.
const CLAIM_OTHERS: &str = claim!("channel = ?4 AND channel <> 'ratings'");

pub(super) fn run(
    connection: &Connection,
    channel: Channel,
    limit: usize,
    now: OffsetDateTime,
    hold: Duration,
) -> Result<Vec<MessageRecord>> {
    let until = now.saturating_add(hold);
    let sql = match channel {
        Channel::Ratings => CLAIM_RATINGS,
        _ => CLAIM_OTHERS,
    };
    let mut statement = connection.prepare_cached(sql)?;
    let parameters = params![limit, Micros(now), Micros(until), channel.name()];
    let messages = statement.query_map(parameters, message)?;
    let mut messages = messages.collect::<rusqlite::Result<Vec<_>>>()?;
    // RETURNING promises no order.
    messages.sort_unstable_by_key(|message| message.id);
    Ok(messages)
}

fn message(row: &Row<'_>) -> rusqlite::Result<MessageRecord> {
    let mut cells = Cells::of(row);
    Ok(MessageRecord {
        id: cells.take()?,
        kind: cells.take()?,
        payload: cells.take()?,
        created_at: cells.time()?,
    })
}
