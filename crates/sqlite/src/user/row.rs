use reelmark_application::ports::UserRecord;
use rusqlite::{Result, Row};

use crate::row::Cells;

/// The columns of `users` that [`user`] reads.
macro_rules! user_columns {
    () => {
        "id, username, email, role, display_name, bio, visibility, version, created_at"
    };
}
pub(super) use user_columns;

pub(super) fn user(row: &Row<'_>) -> Result<UserRecord> {
    next_user(&mut Cells::of(row))
}

pub(super) fn next_user(cells: &mut Cells<'_, '_>) -> Result<UserRecord> {
    Ok(UserRecord {
        id: cells.take()?,
        username: cells.take()?,
        email: cells.take()?,
        role: cells.take()?,
        display_name: cells.take()?,
        bio: cells.take()?,
        visibility: cells.take()?,
        version: cells.take()?,
        created_at: cells.time()?,
    })
}
