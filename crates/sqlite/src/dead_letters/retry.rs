use reelmark_application::messages::Channel;
use rusqlite::{Connection, Row, params};

use crate::error::Result;
use crate::row::{Cells, Json};

const TAKE: &str = "
    DELETE FROM dead_letters
    WHERE id IN (SELECT value FROM json_each(?1))
    RETURNING id, kind, payload, created_at";

/// The message may still be there, when its queue took it over without the relay hearing of it.
const PUT_BACK: &str = "
    INSERT INTO outbox_messages (id, kind, payload, created_at, channel)
    VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (id) DO NOTHING";

pub(super) fn run(connection: &Connection, ids: &[i64]) -> Result<Vec<i64>> {
    let mut take = connection.prepare_cached(TAKE)?;
    let letters = take.query_map([Json(ids)], letter)?;
    let letters: Vec<_> = letters.collect::<rusqlite::Result<_>>()?;
    let mut put_back = connection.prepare_cached(PUT_BACK)?;
    let mut retried = Vec::with_capacity(letters.len());
    for (id, kind, payload, created_at) in letters {
        let channel = Channel::of(&kind).name();
        put_back.execute(params![id, kind, payload, created_at, channel])?;
        retried.push(id);
    }
    retried.sort_unstable();
    Ok(retried)
}

fn letter(row: &Row<'_>) -> rusqlite::Result<(i64, String, String, i64)> {
    let mut cells = Cells::of(row);
    Ok((cells.take()?, cells.take()?, cells.take()?, cells.take()?))
}
