use reelmark_application::ports::{CredentialsRecord, LoginKey};
use tokio_postgres::Row;

use super::row::{self, user_columns};
use crate::error::Result;
use crate::store::PostgresStore;

const BY_USERNAME: &str =
    concat!("SELECT ", user_columns!(), ", password_hash FROM users WHERE username_key = $1");

const BY_EMAIL: &str =
    concat!("SELECT ", user_columns!(), ", password_hash FROM users WHERE email = $1");

pub(super) async fn run(store: &PostgresStore, key: LoginKey) -> Result<Option<CredentialsRecord>> {
    let (sql, key) = match key {
        LoginKey::Username(key) => (BY_USERNAME, key),
        LoginKey::Email(email) => (BY_EMAIL, email),
    };
    let session = store.session().await?;
    let found = session.query_opt(sql, &[&key]).await?;
    found.as_ref().map(credentials).transpose()
}

fn credentials(row: &Row) -> Result<CredentialsRecord> {
    Ok(CredentialsRecord { user: row::user(row)?, password_hash: row.try_get("password_hash")? })
}
