use reelmark_domain::Session;
use rusqlite::{Connection, params};
use time::OffsetDateTime;

use crate::error::Result;
use crate::row::Micros;

const FORGET: &str = "
    DELETE FROM sessions
    WHERE id IN (
        SELECT id FROM (SELECT id FROM sessions WHERE expires_at <= ?1 LIMIT ?3)
        UNION
        SELECT id FROM (SELECT id FROM sessions WHERE last_used_at <= ?2 LIMIT ?3)
        LIMIT ?3
    )";

pub(super) fn run(connection: &Connection, now: OffsetDateTime, limit: usize) -> Result<usize> {
    let idle_since = Micros(Session::idle_since(now));
    Ok(connection.prepare_cached(FORGET)?.execute(params![Micros(now), idle_since, limit])?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::EmptyStore;

    #[test]
    fn what_has_run_out_is_found_by_an_index() {
        let store = EmptyStore::new();
        assert_eq!(store.scans(FORGET), Vec::<String>::new());
    }
}
