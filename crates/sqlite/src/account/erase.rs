use reelmark_application::messages::RatingChangedV2;
use reelmark_application::ports::{EraseAccount, ErasureOutcome};
use rusqlite::Connection;
use time::OffsetDateTime;

use crate::audit::forget_user;
use crate::error::Result;
use crate::outbox::append;
use crate::user::is_last_admin;

const ADDED: &str = "SELECT id FROM movies WHERE added_by = ?1 ORDER BY id";

const REMOVE_RATINGS: &str = "
    DELETE FROM ratings WHERE user_id = ?1
    RETURNING movie_id, score, created_at";

/// Takes sessions and codes with it: they refer to the user.
const ERASE: &str = "DELETE FROM users WHERE id = ?1";

pub(super) fn run(connection: &Connection, account: &EraseAccount) -> Result<ErasureOutcome> {
    let user_id = account.user_id;
    match is_last_admin::run(connection, user_id)? {
        None => return Ok(ErasureOutcome::NotFound),
        Some(true) => return Ok(ErasureOutcome::LastAdmin),
        Some(false) => {}
    }
    let mut movies = added(connection, user_id)?;
    movies.extend(remove_ratings(connection, user_id, account.at)?);
    forget_user::run(connection, user_id)?;
    connection.prepare_cached(ERASE)?.execute([user_id])?;
    Ok(ErasureOutcome::Erased { movies })
}

fn added(connection: &Connection, user_id: i64) -> Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(ADDED)?;
    let movies = statement.query_map([user_id], |row| row.get(0))?;
    Ok(movies.collect::<rusqlite::Result<_>>()?)
}

/// The movies that were rated.
fn remove_ratings(connection: &Connection, user: i64, at: OffsetDateTime) -> Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(REMOVE_RATINGS)?;
    let removed = statement.query_map([user], |row| {
        let (movie, old, given_at_micros) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(RatingChangedV2 { movie, user, old, new: None, given_at_micros })
    })?;
    let removed = removed.collect::<rusqlite::Result<Vec<_>>>()?;
    for rating in &removed {
        append(connection, RatingChangedV2::KIND, rating, at)?;
    }
    Ok(removed.into_iter().map(|rating| rating.movie).collect())
}
