use reelmark_application::ports::{
    ImportRating, RatingChunk, RepositoryError, ScoreChangeRecord, StoredRatings,
};
use rusqlite::{Connection, OptionalExtension, params};
use time::OffsetDateTime;

use crate::error::{Result, is_missing_parent};
use crate::rating_summary::count_in;
use crate::row::Micros;

const FIND_RATER: &str = "SELECT user_id FROM import_raters WHERE set_id = ?1 AND rater = ?2";

/// No username has a tilde or a colon, no address is without an @, and no password has this hash.
const MAKE_RATER: &str = "
    INSERT INTO users (
        username, username_key, email, password_hash, role, status, visibility, created_at
    )
    SELECT printf('~%s:%d', name, ?2), printf('~%s:%d', name, ?2), printf('~%s:%d', name, ?2),
        '!', 'member', 'disabled', 'private', ?3
    FROM import_sets
    WHERE id = ?1";

const NAME_RATER: &str = "INSERT INTO import_raters (set_id, rater, user_id) VALUES (?1, ?2, ?3)";

const PUT: &str = "
    INSERT INTO ratings (user_id, movie_id, score, created_at, updated_at, imported)
    VALUES (?1, ?2, ?3, ?4, ?4, 1)
    ON CONFLICT (user_id, movie_id) DO UPDATE SET
        previous_score = ratings.score,
        score = excluded.score,
        version = ratings.version + 1,
        updated_at = excluded.updated_at
    WHERE excluded.updated_at > ratings.updated_at
    RETURNING CASE WHEN version > 1 THEN previous_score END";

const ADVANCE: &str = "
    UPDATE import_sets
    SET items = ?3, added = added + ?4, changed = changed + ?5, unchanged = unchanged + ?6
    WHERE id = ?1 AND items = ?2";

enum Put {
    Added,
    Changed(i16),
    Unchanged,
    MovieGone,
}

pub(super) fn run(connection: &Connection, chunk: &RatingChunk) -> Result<StoredRatings> {
    let mut stored = StoredRatings::default();
    let mut changes = Vec::new();
    let mut known = None;
    for rating in &chunk.ratings {
        let user = match known {
            Some((rater, user)) if rater == rating.rater => user,
            _ => rater(connection, chunk.set, rating.rater, chunk.at)?,
        };
        known = Some((rating.rater, user));
        match put(connection, user, rating)? {
            Put::Added => {
                stored.added += 1;
                changes.push(change(rating, None));
            }
            Put::Changed(old) => {
                stored.changed += 1;
                changes.push(change(rating, Some(old)));
            }
            Put::Unchanged => stored.unchanged += 1,
            Put::MovieGone => {}
        }
    }
    advance(connection, chunk, stored)?;
    count_in(connection, &changes, chunk.at)?;
    Ok(stored)
}

fn rater(connection: &Connection, set: i64, rater: i64, at: OffsetDateTime) -> Result<i64> {
    let mut find = connection.prepare_cached(FIND_RATER)?;
    if let Some(user) = find.query_row(params![set, rater], |row| row.get(0)).optional()? {
        return Ok(user);
    }
    let user = connection.prepare_cached(MAKE_RATER)?.insert(params![set, rater, Micros(at)])?;
    connection.prepare_cached(NAME_RATER)?.execute(params![set, rater, user])?;
    Ok(user)
}

fn put(connection: &Connection, user: i64, rating: &ImportRating) -> Result<Put> {
    let mut statement = connection.prepare_cached(PUT)?;
    let parameters = params![user, rating.movie_id, rating.score, Micros(rating.at)];
    match statement.query_one(parameters, |row| row.get::<_, Option<i16>>(0)).optional() {
        Ok(Some(None)) => Ok(Put::Added),
        Ok(Some(Some(old))) => Ok(Put::Changed(old)),
        Ok(None) => Ok(Put::Unchanged),
        Err(error) if is_missing_parent(&error) => Ok(Put::MovieGone),
        Err(error) => Err(error.into()),
    }
}

/// A change that no message tells of.
fn change(rating: &ImportRating, old: Option<i16>) -> ScoreChangeRecord {
    let ImportRating { movie_id, score, at, .. } = *rating;
    ScoreChangeRecord { message_id: 0, movie_id, old, new: Some(score), given_at: at }
}

fn advance(connection: &Connection, chunk: &RatingChunk, stored: StoredRatings) -> Result<()> {
    let RatingChunk { set, from, to, .. } = chunk;
    let mut statement = connection.prepare_cached(ADVANCE)?;
    let parameters = params![set, from, to, stored.added, stored.changed, stored.unchanged];
    match statement.execute(parameters)? {
        0 => Err(RepositoryError::Stale.into()),
        _ => Ok(()),
    }
}
