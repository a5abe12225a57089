use reelmark_application::ports::{InsertUser, UserRecord};
use tokio_postgres::types::ToSql;

use super::row::{self, user_columns};
use crate::error::Result;
use crate::store::PostgresStore;

pub(super) const INSERT: &str = concat!(
    "INSERT INTO users (username, username_key, email, password_hash, role, created_at) \
     VALUES ($1, $2, $3, $4, $5, $6) \
     RETURNING ",
    user_columns!()
);

pub(super) async fn run(store: &PostgresStore, user: InsertUser) -> Result<UserRecord> {
    let session = store.session().await?;
    row::user(&session.query_one(INSERT, &parameters(&user)).await?)
}

pub(super) fn parameters(user: &InsertUser) -> [&(dyn ToSql + Sync); 6] {
    [&user.username, &user.username_key, &user.email, &user.password_hash, &user.role, &user.at]
}
