use rusqlite::Connection;

use crate::error::Result;

const COUNT: &str = "SELECT count(*) FROM dead_letters";

pub(super) fn run(connection: &Connection) -> Result<u64> {
    let mut statement = connection.prepare_cached(COUNT)?;
    Ok(statement.query_one([], |row| row.get(0))?)
}
