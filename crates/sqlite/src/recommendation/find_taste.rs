use reelmark_application::ports::TasteRecord;
use rusqlite::{Connection, params};

use crate::error::Result;

const LATEST: &str = "
    SELECT movie_id, score
    FROM ratings
    WHERE user_id = ?1
    ORDER BY updated_at DESC, movie_id DESC
    LIMIT ?2";

pub(super) fn run(connection: &Connection, user_id: i64, latest: usize) -> Result<TasteRecord> {
    let mut statement = connection.prepare_cached(LATEST)?;
    let ratings = statement
        .query_map(params![user_id, latest], |row| Ok((row.get("movie_id")?, row.get("score")?)))?;
    Ok(TasteRecord { user_id, ratings: ratings.collect::<rusqlite::Result<_>>()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{EmptyStore, follows_index};

    #[test]
    fn reads_the_index_alone() {
        let plan = EmptyStore::new().plan(LATEST);
        let entry = "USING COVERING INDEX ratings_by_user (user_id=?)";
        assert!(follows_index(&plan, entry), "{plan:#?}");
    }
}
