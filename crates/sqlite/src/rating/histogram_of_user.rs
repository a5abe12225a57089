use rusqlite::{Connection, Row};

use crate::error::Result;

const HISTOGRAM: &str = "
    SELECT count(*) FILTER (WHERE score = 1), count(*) FILTER (WHERE score = 2),
        count(*) FILTER (WHERE score = 3), count(*) FILTER (WHERE score = 4),
        count(*) FILTER (WHERE score = 5), count(*) FILTER (WHERE score = 6),
        count(*) FILTER (WHERE score = 7), count(*) FILTER (WHERE score = 8),
        count(*) FILTER (WHERE score = 9), count(*) FILTER (WHERE score = 10)
    FROM ratings
    WHERE user_id = ?1";

pub(super) fn run(connection: &Connection, user_id: i64) -> Result<[i64; 10]> {
    let mut statement = connection.prepare_cached(HISTOGRAM)?;
    Ok(statement.query_row([user_id], counts)?)
}

fn counts(row: &Row<'_>) -> rusqlite::Result<[i64; 10]> {
    let mut counts = [0; 10];
    for (index, count) in counts.iter_mut().enumerate() {
        *count = row.get(index)?;
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::EmptyStore;

    #[test]
    fn the_ratings_are_found_by_an_index() {
        let store = EmptyStore::new();
        assert_eq!(store.scans(HISTOGRAM), Vec::<String>::new());
    }
}
