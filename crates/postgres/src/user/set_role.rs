use reelmark_application::ports::UserRecord;

use super::row::{self, user_columns};
use crate::error::Result;
use crate::store::PostgresStore;

const SET_ROLE: &str = concat!(
    "UPDATE users SET role = $2, version = version + 1 WHERE username_key = $1 RETURNING ",
    user_columns!()
);

pub(super) async fn run(
    store: &PostgresStore,
    username_key: &str,
    role: &str,
) -> Result<Option<UserRecord>> {
    let session = store.session().await?;
    let updated = session.query_opt(SET_ROLE, &[&username_key, &role]).await?;
    updated.as_ref().map(row::user).transpose()
}
