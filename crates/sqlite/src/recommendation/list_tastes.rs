use reelmark_application::ports::{ListTastes, TastePage};
use rusqlite::{Connection, params};

use super::find_taste;
use crate::error::Result;

const USERS: &str = "SELECT id FROM users WHERE id > ?1 ORDER BY id LIMIT ?2";

/// A statement per user costs microseconds here, and one for all of them would sort.
pub(super) fn run(connection: &Connection, list: ListTastes) -> Result<TastePage> {
    let mut statement = connection.prepare_cached(USERS)?;
    let users = statement.query_map(params![list.after, list.users], |row| row.get(0))?;
    let users = users.collect::<rusqlite::Result<Vec<i64>>>()?;
    let mut page = TastePage { tastes: vec![], last: users.last().copied() };
    for user in users {
        let taste = find_taste::run(connection, user, list.latest)?;
        if !taste.ratings.is_empty() {
            page.tastes.push(taste);
        }
    }
    Ok(page)
}
