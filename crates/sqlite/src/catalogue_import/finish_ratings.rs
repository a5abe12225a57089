use reelmark_application::messages::{Channel, MovieChangedV1};
use rusqlite::{Connection, OptionalExtension, params};
use time::OffsetDateTime;

use crate::error::Result;
use crate::row::Micros;

const CHANGES: &str = "SELECT added + changed FROM import_sets WHERE id = ?1";

const TELL: &str = "
    INSERT INTO outbox_messages (kind, payload, created_at, channel)
    SELECT ?2, json_object('movie', movie_id), ?3, ?4
    FROM import_movies
    WHERE set_id = ?1
    ORDER BY number";

const FORGET: &str = "
    UPDATE import_sets
    SET fingerprint = NULL, items = 0, added = 0, changed = 0, unchanged = 0
    WHERE id = ?1";

pub(super) fn run(connection: &Connection, set: i64, at: OffsetDateTime) -> Result<()> {
    let mut statement = connection.prepare_cached(CHANGES)?;
    let changes: Option<i64> = statement.query_one([set], |row| row.get(0)).optional()?;
    if changes.is_some_and(|changes| changes > 0) {
        let kind = MovieChangedV1::KIND;
        let parameters = params![set, kind, Micros(at), Channel::of(kind).name()];
        connection.prepare_cached(TELL)?.execute(parameters)?;
    }
    connection.prepare_cached(FORGET)?.execute([set])?;
    Ok(())
}
