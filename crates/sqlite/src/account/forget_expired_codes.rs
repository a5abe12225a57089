use rusqlite::{Connection, params};
use time::OffsetDateTime;

use crate::error::Result;
use crate::row::Micros;

const FORGET: &str = "
    DELETE FROM account_codes
    WHERE code_hash IN (
        SELECT code_hash FROM account_codes WHERE expires_at <= ?1 LIMIT ?2
    )";

pub(super) fn run(connection: &Connection, now: OffsetDateTime, limit: usize) -> Result<usize> {
    Ok(connection.prepare_cached(FORGET)?.execute(params![Micros(now), limit])?)
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
