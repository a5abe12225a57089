use reelmark_application::ports::UserRecord;
use rusqlite::{Result, Row};

use crate::row::Cells;

/// The columns of `users` that [`user`] reads.
macro_rules! user_columns {
    () => {
        "id, username, email, role, status, display_name, bio, visibility, version, created_at"
    };
}
pub(crate) use user_columns;

pub(crate) fn user(row: &Row<'_>) -> Result<UserRecord> {
    next_user(&mut Cells::of(row))
}

pub(crate) fn next_user(cells: &mut Cells<'_, '_>) -> Result<UserRecord> {
    Ok(UserRecord {
        id: cells.take()?,
        username: cells.take()?,
        email: cells.take()?,
        role: cells.take()?,
        status: cells.take()?,
        display_name: cells.take()?,
        bio: cells.take()?,
        visibility: cells.take()?,
        version: cells.take()?,
        created_at: cells.time()?,
    })
}
