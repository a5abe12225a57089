use reelmark_domain::{
    AccountStatus, EmailAddress, PlainPassword, Role, User, Username, ValueError,
};
use thiserror::Error;

use crate::Origin;
use crate::audit::{AuditEvent, AuditKind, AuditRecorder};
use crate::ports::{
    Clock, InsertUser, PasswordHasher, PasswordHasherError, RepositoryError, UniqueKey,
    UserRepository,
};

/// Somebody wants an account.
#[derive(Clone, Debug)]
pub struct RegisterUser {
    pub username: Username,
    pub email: EmailAddress,
    pub password: PlainPassword,
    /// Nowhere when the account is made at the command line.
    pub origin: Option<Origin>,
}

/// Why there is no account.
#[derive(Debug, Error)]
pub enum RegisterUserError {
    #[error("the username is taken")]
    UsernameTaken,
    #[error("the e-mail address is taken")]
    EmailTaken,
    /// The password would do for somebody with other names.
    #[error("the password {0}")]
    Password(ValueError),
    #[error(transparent)]
    Hasher(#[from] PasswordHasherError),
    #[error(transparent)]
    Store(RepositoryError),
}

pub(super) async fn run(
    users: &dyn UserRepository,
    hasher: &dyn PasswordHasher,
    clock: &dyn Clock,
    audit: &AuditRecorder,
    status: AccountStatus,
    command: RegisterUser,
) -> Result<User, RegisterUserError> {
    let origin = command.origin.clone();
    let account = new_account(hasher, clock, command, (Role::Member, status)).await?;
    let record = users.insert(account).await?;
    let user = User::try_from(record).map_err(RepositoryError::from)?;
    audit.record(signed_up(&user, origin.as_ref())).await;
    Ok(user)
}

/// Whoever makes an account at the command line is not its owner.
pub(super) fn signed_up(user: &User, origin: Option<&Origin>) -> AuditEvent {
    let event = AuditEvent::of(AuditKind::SignedUp).about(user).with("role", user.role());
    match origin {
        Some(origin) => event.by(user.id()).from(origin),
        None => event.with("by", "operator"),
    }
}

pub(super) async fn new_account(
    hasher: &dyn PasswordHasher,
    clock: &dyn Clock,
    command: RegisterUser,
    (role, status): (Role, AccountStatus),
) -> Result<InsertUser, RegisterUserError> {
    let RegisterUser { username, email, password, .. } = &command;
    password.check_for(username, email).map_err(RegisterUserError::Password)?;
    Ok(InsertUser {
        username_key: command.username.key(),
        username: command.username.into(),
        email: command.email.into(),
        password_hash: hasher.hash(command.password).await?,
        role: role.into(),
        status: status.into(),
        at: clock.now(),
    })
}

impl From<RepositoryError> for RegisterUserError {
    fn from(error: RepositoryError) -> Self {
        match error {
            RepositoryError::Conflict(UniqueKey::Username) => Self::UsernameTaken,
            RepositoryError::Conflict(UniqueKey::Email) => Self::EmailTaken,
            other => Self::Store(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockPasswordHasher, MockUserRepository};
    use crate::testing::{
        NOW, audit, clock, email, only_event, origin, password, user_record, username,
    };

    fn hasher() -> MockPasswordHasher {
        let mut hasher = MockPasswordHasher::new();
        hasher.expect_hash().returning(|_| Ok("hash".into()));
        hasher
    }

    fn command() -> RegisterUser {
        let (username, email, password) = (username(), email(), password());
        RegisterUser { username, email, password, origin: Some(origin()) }
    }

    #[tokio::test]
    async fn stores_a_member_with_a_hash_and_the_keys() {
        let mut users = MockUserRepository::new();
        let expected = InsertUser {
            username: "Ada".into(),
            username_key: "ada".into(),
            email: "ada@example.org".into(),
            password_hash: "hash".into(),
            role: "member".into(),
            status: "pending".into(),
            at: NOW,
        };
        users
            .expect_insert()
            .withf(move |user| *user == expected)
            .once()
            .returning(|_| Ok(user_record()));
        let (audit, events) = audit();
        let status = AccountStatus::Pending;
        let user = run(&users, &hasher(), &clock(), &audit, status, command()).await.unwrap();
        let event = only_event(&events);
        assert_eq!((event.kind.as_str(), event.subject_user_id), ("signed_up", Some(7)));
        assert_eq!(event.address.as_deref(), Some("192.0.2.7"));
        assert_eq!((user.username().as_str(), user.role()), ("Ada", Role::Member));
    }

    #[tokio::test]
    async fn names_what_is_taken() {
        for (key, is_username) in [(UniqueKey::Username, true), (UniqueKey::Email, false)] {
            let mut users = MockUserRepository::new();
            users.expect_insert().returning(move |_| Err(RepositoryError::Conflict(key)));
            let status = AccountStatus::Active;
            let done = run(&users, &hasher(), &clock(), &audit().0, status, command()).await;
            let error = done.unwrap_err();
            assert_eq!(matches!(error, RegisterUserError::UsernameTaken), is_username);
            assert_eq!(matches!(error, RegisterUserError::EmailTaken), !is_username);
        }
    }

    #[tokio::test]
    async fn stores_nothing_when_the_password_names_its_owner() {
        let email = EmailAddress::parse("ada@battery.example").unwrap();
        let command = RegisterUser { email, ..command() };
        let (users, status) = (MockUserRepository::new(), AccountStatus::Active);
        let error = run(&users, &hasher(), &clock(), &audit().0, status, command).await;
        let expected = ValueError::ContainsOwnName;
        assert!(matches!(error, Err(RegisterUserError::Password(e)) if e == expected));
    }

    #[tokio::test]
    async fn stores_nothing_while_the_hasher_is_busy() {
        let mut hasher = MockPasswordHasher::new();
        hasher.expect_hash().returning(|_| Err(PasswordHasherError::Busy));
        let (users, status) = (MockUserRepository::new(), AccountStatus::Active);
        let error = run(&users, &hasher, &clock(), &audit().0, status, command()).await;
        assert!(matches!(error, Err(RegisterUserError::Hasher(PasswordHasherError::Busy))));
    }
}
