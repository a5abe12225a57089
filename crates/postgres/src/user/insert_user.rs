use reelmark_application::messages::{Channel, MailRequestedV1};
use reelmark_application::ports::{InsertUser, UserRecord};
use reelmark_domain::CodePurpose;
use tokio_postgres::types::ToSql;

use super::row::{self, user_columns};
use crate::error::Result;
use crate::store::PostgresStore;

pub(super) const INSERT: &str = concat!(
    "WITH account AS (
        INSERT INTO users (username, username_key, email, password_hash, role, status, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        RETURNING ",
    user_columns!(),
    "
    ), message AS (
        INSERT INTO outbox_messages (kind, payload, created_at, channel)
        SELECT
            $8::text,
            json_build_object('purpose', $9::text, 'user', id, 'email', NULL),
            $7,
            $10::text
        FROM account
        WHERE status = 'pending'
    )
    SELECT ",
    user_columns!(),
    " FROM account"
);

pub(super) async fn run(store: &PostgresStore, user: InsertUser) -> Result<UserRecord> {
    let session = store.session().await?;
    row::user(&session.query_one(INSERT, &parameters(&user)).await?)
}

/// What the account is made of, and the message that a pending one needs.
pub(super) fn parameters(user: &InsertUser) -> [&(dyn ToSql + Sync); 10] {
    const KIND: &str = MailRequestedV1::KIND;
    const PURPOSE: &str = CodePurpose::Activation.as_str();
    const CHANNEL: &str = Channel::Mail.name();
    let InsertUser { username, username_key, email, password_hash, role, status, at } = user;
    [username, username_key, email, password_hash, role, status, at, &KIND, &PURPOSE, &CHANNEL]
}
