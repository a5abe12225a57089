use reelmark_domain::{EmailAddress, PlainPassword, User, Username, ValueError};
use thiserror::Error;

use crate::Origin;
use crate::audit::{AuditEvent, AuditKind, AuditRecorder};
use crate::ports::{
    AccessToken, CredentialsRecord, LoginKey, PasswordHasher, PasswordHasherError, RepositoryError,
    TokenIssuer, TokenIssuerError, UserReader,
};

/// What somebody typed to sign in.
#[derive(Debug)]
pub struct LogIn {
    /// A username or an e-mail address.
    pub login: String,
    pub password: PlainPassword,
    pub origin: Origin,
}

/// Why somebody was not signed in.
#[derive(Debug, Error)]
pub enum LogInError {
    /// No account with this name and password; which of the two is wrong is not said.
    #[error("the login or the password is wrong")]
    InvalidCredentials,
    #[error(transparent)]
    Hasher(#[from] PasswordHasherError),
    #[error(transparent)]
    Issuer(#[from] TokenIssuerError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// An unknown account costs the same hash as a known one, so that nobody can tell them apart.
pub(super) async fn run(
    users: &dyn UserReader,
    hasher: &dyn PasswordHasher,
    issuer: &dyn TokenIssuer,
    audit: &AuditRecorder,
    command: LogIn,
) -> Result<AccessToken, LogInError> {
    let credentials = match login_key(&command.login) {
        Ok(key) => users.find_credentials(key).await?,
        Err(_) => None,
    };
    let (user, hash) = match credentials {
        Some(CredentialsRecord { user, password_hash }) => (Some(user), Some(password_hash)),
        None => (None, None),
    };
    let is_right = hasher.verify(command.password, hash).await?;
    let user = user.map(User::try_from).transpose().map_err(RepositoryError::from)?;
    let Some(user) = user.as_ref().filter(|_| is_right) else {
        let failed = AuditEvent::of(AuditKind::SignInFailed).from(&command.origin);
        audit.record(user.iter().fold(failed, AuditEvent::about)).await;
        return Err(LogInError::InvalidCredentials);
    };
    let token = issuer.issue(user.id())?;
    let signed_in = AuditEvent::of(AuditKind::SignedIn).by(user.id()).about(user);
    audit.record(signed_in.from(&command.origin)).await;
    Ok(token)
}

fn login_key(login: &str) -> Result<LoginKey, ValueError> {
    if login.contains('@') {
        EmailAddress::parse(login).map(|email| LoginKey::Email(email.into()))
    } else {
        Username::parse(login.trim()).map(|name| LoginKey::Username(name.key()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{InsertAuditEvent, MockPasswordHasher, MockTokenIssuer, MockUserReader};
    use crate::testing::{audit, only_event, origin, password, user_record};
    use mockall::predicate::eq;
    use std::time::Duration;

    fn known(key: LoginKey) -> MockUserReader {
        let mut users = MockUserReader::new();
        users.expect_find_credentials().with(eq(key)).returning(|_| {
            let credentials =
                CredentialsRecord { user: user_record(), password_hash: "hash".into() };
            Ok(Some(credentials))
        });
        users
    }

    fn hasher(hash: Option<&str>, is_right: bool) -> MockPasswordHasher {
        let hash = hash.map(str::to_owned);
        let mut hasher = MockPasswordHasher::new();
        hasher
            .expect_verify()
            .withf(move |_, given| *given == hash)
            .once()
            .returning(move |_, _| Ok(is_right));
        hasher
    }

    fn issuer() -> MockTokenIssuer {
        let mut issuer = MockTokenIssuer::new();
        issuer.expect_issue().returning(|subject| {
            Ok(AccessToken {
                token: format!("token of {subject}"),
                expires_in: Duration::from_secs(600),
            })
        });
        issuer
    }

    async fn log_in(
        login: &str,
        users: MockUserReader,
        hasher: MockPasswordHasher,
    ) -> Result<String, LogInError> {
        recording(login, users, hasher).await.0
    }

    /// The outcome, and the one event that was recorded about it.
    async fn recording(
        login: &str,
        users: MockUserReader,
        hasher: MockPasswordHasher,
    ) -> (Result<String, LogInError>, InsertAuditEvent) {
        let (audit, events) = audit();
        let command = LogIn { login: login.into(), password: password(), origin: origin() };
        let outcome = run(&users, &hasher, &issuer(), &audit, command).await;
        (outcome.map(|token| token.token), only_event(&events))
    }

    #[tokio::test]
    async fn takes_a_username_in_any_case() {
        let token =
            log_in("ADA", known(LoginKey::Username("ada".into())), hasher(Some("hash"), true))
                .await;
        assert_eq!(token.unwrap(), "token of 7");
    }

    #[tokio::test]
    async fn takes_an_email_address_in_any_case() {
        let users = known(LoginKey::Email("ada@example.org".into()));
        assert!(log_in("Ada@Example.org", users, hasher(Some("hash"), true)).await.is_ok());
    }

    #[tokio::test]
    async fn refuses_a_wrong_password() {
        let users = known(LoginKey::Username("ada".into()));
        let error = log_in("ada", users, hasher(Some("hash"), false)).await;
        assert!(matches!(error, Err(LogInError::InvalidCredentials)));
    }

    #[tokio::test]
    async fn spends_a_hash_on_an_unknown_account() {
        let mut users = MockUserReader::new();
        users.expect_find_credentials().returning(|_| Ok(None));
        let error = log_in("nobody", users, hasher(None, false)).await;
        assert!(matches!(error, Err(LogInError::InvalidCredentials)));
    }

    #[tokio::test]
    async fn spends_a_hash_on_a_login_that_nobody_can_have() {
        let error = log_in("not a name", MockUserReader::new(), hasher(None, false)).await;
        assert!(matches!(error, Err(LogInError::InvalidCredentials)));
    }

    #[tokio::test]
    async fn records_who_signed_in_from_where() {
        let users = known(LoginKey::Username("ada".into()));
        let (_, event) = recording("ada", users, hasher(Some("hash"), true)).await;
        assert_eq!((event.kind.as_str(), event.actor_user_id), ("signed_in", Some(7)));
        assert_eq!((event.subject_user_id, event.address.as_deref()), (Some(7), Some("192.0.2.7")));
    }

    #[tokio::test]
    async fn records_a_failure_with_the_account_if_there_is_one_and_nothing_that_was_typed() {
        let users = known(LoginKey::Email("ada@example.org".into()));
        let (_, event) = recording("ada@example.org", users, hasher(Some("hash"), false)).await;
        assert_eq!((event.kind.as_str(), event.actor_user_id), ("sign_in_failed", None));
        assert_eq!((event.subject_user_id, &event.detail), (Some(7), &None));
        let (_, event) = recording("not a name", MockUserReader::new(), hasher(None, false)).await;
        assert_eq!((event.kind.as_str(), event.subject_user_id), ("sign_in_failed", None));
        assert_eq!((event.subject_name, event.detail), (None, None));
    }
}
