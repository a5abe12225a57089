use reelmark_application::ports::{RepositoryError, UpdateProfile, UserRecord};
use rusqlite::{Connection, OptionalExtension, params};

use super::find_user;
use super::row::{user, user_columns};
use crate::error::Result;

const UPDATE: &str = concat!(
    "UPDATE users
     SET display_name = ?3, bio = ?4, visibility = ?5, version = version + 1
     WHERE id = ?1 AND version = ?2
     RETURNING ",
    user_columns!()
);

pub(super) fn run(connection: &Connection, request: &UpdateProfile) -> Result<Option<UserRecord>> {
    let mut statement = connection.prepare_cached(UPDATE)?;
    let parameters = params![
        request.id,
        request.expected_version,
        request.display_name,
        request.bio,
        request.visibility,
    ];
    let updated = statement.query_one(parameters, user).optional()?;
    if updated.is_none() && find_user::by_id(connection, request.id)?.is_some() {
        return Err(RepositoryError::Stale.into());
    }
    Ok(updated)
}
