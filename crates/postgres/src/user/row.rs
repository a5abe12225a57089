use reelmark_application::ports::UserRecord;
use tokio_postgres::Row;

use crate::error::Result;

/// The columns that [`user`] reads.
macro_rules! user_columns {
    () => {
        "id, username, email, role, status, display_name, bio, visibility, version, created_at"
    };
}
pub(crate) use user_columns;

pub(crate) fn user(row: &Row) -> Result<UserRecord> {
    Ok(UserRecord {
        id: row.try_get("id")?,
        username: row.try_get("username")?,
        email: row.try_get("email")?,
        role: row.try_get("role")?,
        status: row.try_get("status")?,
        display_name: row.try_get("display_name")?,
        bio: row.try_get("bio")?,
        visibility: row.try_get("visibility")?,
        version: row.try_get("version")?,
        created_at: row.try_get("created_at")?,
    })
}
