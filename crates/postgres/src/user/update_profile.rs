use reelmark_application::ports::{UpdateProfile, UserRecord};

use super::row::{self, user_columns};
use crate::error::{Failure, Result};
use crate::store::PostgresStore;

const UPDATE: &str = concat!(
    "UPDATE users \
     SET display_name = $3, bio = $4, visibility = $5, version = version + 1 \
     WHERE id = $1 AND version = $2 \
     RETURNING ",
    user_columns!()
);

const EXISTS: &str = "SELECT EXISTS (SELECT FROM users WHERE id = $1) AS found";

pub(super) async fn run(
    store: &PostgresStore,
    profile: UpdateProfile,
) -> Result<Option<UserRecord>> {
    let session = store.session().await?;
    let UpdateProfile { id, expected_version, display_name, bio, visibility } = &profile;
    let updated =
        session.query_opt(UPDATE, &[id, expected_version, display_name, bio, visibility]).await?;
    if let Some(updated) = updated {
        return row::user(&updated).map(Some);
    }
    if session.query_one(EXISTS, &[id]).await?.try_get("found")? {
        return Err(Failure::Stale);
    }
    Ok(None)
}
