use reelmark_application::messages::MailRequestedV1;
use reelmark_application::ports::{InsertUser, UserRecord};
use reelmark_domain::{AccountStatus, CodePurpose};
use rusqlite::{Connection, params};

use super::row::{user, user_columns};
use crate::error::Result;
use crate::outbox::append;
use crate::row::Micros;

const INSERT: &str = concat!(
    "INSERT INTO users (username, username_key, email, password_hash, role, status, created_at)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
     RETURNING ",
    user_columns!()
);

pub(super) fn run(connection: &Connection, request: &InsertUser) -> Result<UserRecord> {
    let mut statement = connection.prepare_cached(INSERT)?;
    let parameters = params![
        request.username,
        request.username_key,
        request.email,
        request.password_hash,
        request.role,
        request.status,
        Micros(request.at),
    ];
    let user = statement.query_one(parameters, user)?;
    if request.status == AccountStatus::Pending.as_str() {
        let purpose = CodePurpose::Activation.as_str().to_owned();
        let mail = MailRequestedV1 { purpose, user: Some(user.id), email: None };
        append(connection, MailRequestedV1::KIND, &mail, request.at)?;
    }
    Ok(user)
}
