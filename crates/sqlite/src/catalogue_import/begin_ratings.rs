use reelmark_application::ports::{RatingsCheckpoint, RepositoryError, StoredRatings};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::Result;
use crate::row::Cells;

/// What is stored of other files is no way to go.
const BEGIN: &str = "
    UPDATE import_sets
    SET fingerprint = ?2,
        items = CASE WHEN fingerprint IS ?2 THEN items ELSE 0 END,
        added = CASE WHEN fingerprint IS ?2 THEN added ELSE 0 END,
        changed = CASE WHEN fingerprint IS ?2 THEN changed ELSE 0 END,
        unchanged = CASE WHEN fingerprint IS ?2 THEN unchanged ELSE 0 END
    WHERE id = ?1
    RETURNING items, added, changed, unchanged";

pub(super) fn run(
    connection: &Connection,
    set: i64,
    fingerprint: &str,
) -> Result<RatingsCheckpoint> {
    let mut statement = connection.prepare_cached(BEGIN)?;
    let begun = statement.query_one(params![set, fingerprint], checkpoint).optional()?;
    begun.ok_or_else(|| RepositoryError::Corrupt("the set of the import is gone".into()).into())
}

fn checkpoint(row: &Row<'_>) -> rusqlite::Result<RatingsCheckpoint> {
    let mut cells = Cells::of(row);
    Ok(RatingsCheckpoint {
        items: cells.take()?,
        stored: StoredRatings {
            added: cells.take()?,
            changed: cells.take()?,
            unchanged: cells.take()?,
        },
    })
}
