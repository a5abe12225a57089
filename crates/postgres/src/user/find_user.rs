use reelmark_application::ports::UserRecord;

use super::row::{self, user_columns};
use crate::error::Result;
use crate::store::PostgresStore;

const BY_ID: &str = concat!("SELECT ", user_columns!(), " FROM users WHERE id = $1");

const BY_USERNAME: &str =
    concat!("SELECT ", user_columns!(), " FROM users WHERE username_key = $1");

pub(super) async fn by_id(store: &PostgresStore, id: i64) -> Result<Option<UserRecord>> {
    let session = store.session().await?;
    let found = session.query_opt(BY_ID, &[&id]).await?;
    found.as_ref().map(row::user).transpose()
}

pub(super) async fn by_username(
    store: &PostgresStore,
    username_key: &str,
) -> Result<Option<UserRecord>> {
    let session = store.session().await?;
    let found = session.query_opt(BY_USERNAME, &[&username_key]).await?;
    found.as_ref().map(row::user).transpose()
}
