use reelmark_application::ports::UserRecord;
use time::OffsetDateTime;

use crate::error::Result;
use crate::store::PostgresStore;
use crate::user::row::{user, user_columns};

const FIND: &str = concat!(
    "SELECT ",
    user_columns!(),
    " FROM users WHERE id = (
        SELECT user_id FROM account_codes
        WHERE code_hash = $1 AND purpose = $2 AND expires_at > $3
    )"
);

pub(super) async fn run(
    store: &PostgresStore,
    code_hash: &str,
    purpose: &str,
    now: OffsetDateTime,
) -> Result<Option<UserRecord>> {
    let session = store.session().await?;
    let found = session.query_opt(FIND, &[&code_hash, &purpose, &now]).await?;
    found.as_ref().map(user).transpose()
}
