use reelmark_domain::{
    AccountStatus, Device, EmailAddress, PlainPassword, Session, User, Username, ValueError,
};
use thiserror::Error;

use super::{AuthPorts, Tokens, identity, upgrade_hash};
use crate::Origin;
use crate::audit::{AuditEvent, AuditKind};
use crate::ports::{
    CredentialsRecord, LoginKey, OpenSession, PasswordHasherError, RepositoryError,
    TokenIssuerError,
};
use crate::throttling::{Meter, Throttled, admit_log_in};

/// What somebody typed to sign in, and where they did.
#[derive(Clone, Debug)]
pub struct LogIn {
    /// A username or an e-mail address.
    pub login: String,
    pub password: PlainPassword,
    pub origin: Origin,
    pub meter: Meter,
}

/// Why somebody was not signed in.
#[derive(Debug, Error)]
pub enum LogInError {
    /// No account with this name and password, or one that was disabled; which it is is not said.
    #[error("the login or the password is wrong")]
    InvalidCredentials,
    /// The password was right, but the e-mail address was not confirmed yet.
    #[error("the account was not activated yet")]
    ActivationRequired,
    /// Too many attempts, right or wrong, whether there is such an account or not.
    #[error(transparent)]
    Throttled(#[from] Throttled),
    #[error(transparent)]
    Hasher(#[from] PasswordHasherError),
    #[error(transparent)]
    Issuer(#[from] TokenIssuerError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// An account, and the hash its password was compared with.
struct Account {
    user: User,
    password_hash: String,
}

/// What came of comparing a password once.
struct Attempt {
    user: Option<User>,
    /// No tokens when the password was right, but has another hash by now.
    outcome: Result<Option<Tokens>, LogInError>,
}

/// An unknown account costs the same limits, the same hash and the same record as a known one, so
/// that nobody can tell them apart. The attempt counts before anything is spent on it.
pub(super) async fn run(ports: &AuthPorts, command: LogIn) -> Result<Tokens, LogInError> {
    let key = login_key(&command.login);
    let counted_as = counted_as(&key, &command.login);
    admit_log_in(&ports.throttle, &counted_as, command.origin.address, &command.meter).await?;
    let mut attempt = compare(ports, &key, &command).await?;
    if matches!(attempt.outcome, Ok(None)) {
        // Another login may have upgraded the hash; if the password was changed, it is wrong now.
        attempt = compare(ports, &key, &command).await?;
    }
    let Attempt { user, outcome } = attempt;
    let outcome = outcome.and_then(|tokens| tokens.ok_or(LogInError::InvalidCredentials));
    record(ports, user.as_ref(), &outcome, &command.origin).await;
    outcome
}

async fn compare(
    ports: &AuthPorts,
    key: &Result<LoginKey, ValueError>,
    command: &LogIn,
) -> Result<Attempt, LogInError> {
    let account = match key {
        Ok(key) => ports.users.find_credentials(key.clone()).await?,
        Err(_) => None,
    };
    let account = account.map(Account::try_from).transpose()?;
    let hash = account.as_ref().map(|known| known.password_hash.clone());
    let is_right = ports.hasher.verify(command.password.clone(), hash).await?;
    let outcome = match &account {
        Some(account) if is_right => enter(ports, account, command).await,
        _ => Err(LogInError::InvalidCredentials),
    };
    Ok(Attempt { user: account.map(|account| account.user), outcome })
}

async fn enter(
    ports: &AuthPorts,
    Account { user, password_hash }: &Account,
    command: &LogIn,
) -> Result<Option<Tokens>, LogInError> {
    match user.status() {
        AccountStatus::Active => {}
        AccountStatus::Pending => return Err(LogInError::ActivationRequired),
        AccountStatus::Disabled => return Err(LogInError::InvalidCredentials),
    }
    let tokens = open_session(ports, user, password_hash, &command.origin).await?;
    if tokens.is_some() {
        let (password, hash) = (command.password.clone(), password_hash.clone());
        upgrade_hash::run(ports, user.id().get(), password, hash).await;
    }
    Ok(tokens)
}

async fn record(
    ports: &AuthPorts,
    user: Option<&User>,
    outcome: &Result<Tokens, LogInError>,
    origin: &Origin,
) {
    let kind = match outcome {
        Ok(_) => AuditKind::SignedIn,
        Err(LogInError::InvalidCredentials | LogInError::ActivationRequired) => {
            AuditKind::SignInFailed
        }
        Err(_) => return,
    };
    let mut event = AuditEvent::of(kind).from(origin);
    if let Some(user) = user {
        event = event.about(user);
        if kind == AuditKind::SignedIn {
            event = event.by(user.id());
        }
    }
    ports.audit.record(event).await;
}

impl TryFrom<CredentialsRecord> for Account {
    type Error = RepositoryError;

    fn try_from(record: CredentialsRecord) -> Result<Self, RepositoryError> {
        let CredentialsRecord { user, password_hash } = record;
        Ok(Self { user: user.try_into()?, password_hash })
    }
}

async fn open_session(
    ports: &AuthPorts,
    user: &User,
    password_hash: &str,
    origin: &Origin,
) -> Result<Option<Tokens>, LogInError> {
    let refresh = ports.secrets.new_secret();
    let at = ports.clock.now();
    let session = OpenSession {
        user_id: user.id().get(),
        password_hash: password_hash.to_owned(),
        device: Device::of_user_agent(origin.user_agent.as_deref()).into(),
        token_hash: refresh.digest(),
        at,
        expires_at: at.saturating_add(Session::MAX_AGE),
    };
    let Some(session_id) = ports.sessions.open(session).await? else {
        return Ok(None);
    };
    let access = ports.issuer.issue(identity(user.id().get(), session_id)?)?;
    Ok(Some(Tokens { access, refresh }))
}

fn login_key(login: &str) -> Result<LoginKey, ValueError> {
    if login.contains('@') {
        EmailAddress::parse(login).map(|email| LoginKey::Email(email.into()))
    } else {
        Username::parse(login.trim()).map(|name| LoginKey::Username(name.key()))
    }
}

/// However a name or an address is written, it is one; so is what nobody can have.
fn counted_as(key: &Result<LoginKey, ValueError>, login: &str) -> String {
    match key {
        Ok(LoginKey::Username(name)) => format!("name:{name}"),
        Ok(LoginKey::Email(email)) => format!("mail:{email}"),
        Err(_) => format!("none:{}", login.trim().to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::testing::{AuthMocks, REFRESH_TOKEN, access_token};
    use crate::ports::{Allowance, InsertAuditEvent, MockRateLimiter, UserRecord};
    use crate::testing::{NOW, audit, only_event, password, user_record};
    use crate::throttling::Throttle;
    use mockall::predicate::eq;
    use reelmark_domain::Secret;
    use std::net::Ipv4Addr;
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    fn command(login: &str) -> LogIn {
        let user_agent = Some("curl/8.14.1".into());
        let origin = Origin { address: Ipv4Addr::LOCALHOST.into(), user_agent };
        let meter = Meter::default();
        LogIn { login: login.into(), password: password(), origin, meter }
    }

    /// An account with this status, and whether the password is right.
    fn known(status: &str, is_right: bool) -> AuthMocks {
        let user = UserRecord { status: status.into(), ..user_record() };
        let credentials = CredentialsRecord { user, password_hash: "hash".into() };
        let mut mocks = AuthMocks::new();
        mocks.users.expect_find_credentials().returning(move |_| Ok(Some(credentials.clone())));
        let verify = mocks.hasher.expect_verify();
        verify.withf(|_, hash| hash.as_deref() == Some("hash")).returning(move |_, _| Ok(is_right));
        mocks.hasher.expect_is_outdated().return_const(false);
        mocks
    }

    async fn log_in(login: &str, mocks: AuthMocks) -> Result<Tokens, LogInError> {
        run(&mocks.into_ports(), command(login)).await
    }

    #[tokio::test]
    async fn opens_a_session_that_knows_its_device_and_its_end_but_not_its_token() {
        let mut mocks = known("active", true);
        let expected = OpenSession {
            user_id: 7,
            password_hash: "hash".into(),
            device: "curl".into(),
            token_hash: Secret::parse(REFRESH_TOKEN.into()).unwrap().digest(),
            at: NOW,
            expires_at: NOW + Session::MAX_AGE,
        };
        mocks.sessions.expect_open().withf(move |s| *s == expected).returning(|_| Ok(Some(70)));

        let tokens = log_in("ada", mocks).await.unwrap();

        assert_eq!(tokens.access, access_token(7, 70));
        assert_eq!(tokens.refresh.expose(), REFRESH_TOKEN);
    }

    #[tokio::test]
    async fn takes_a_username_or_an_email_address_in_any_case() {
        for (login, key) in [
            ("ADA", LoginKey::Username("ada".into())),
            ("Ada@Example.org", LoginKey::Email("ada@example.org".into())),
        ] {
            let mut mocks = AuthMocks::new();
            mocks.users.expect_find_credentials().with(eq(key)).once().returning(|_| Ok(None));
            mocks.expect_one_hash(None, false);
            let error = log_in(login, mocks).await;
            assert!(matches!(error, Err(LogInError::InvalidCredentials)));
        }
    }

    #[tokio::test]
    async fn refuses_a_wrong_password_whatever_the_account_is() {
        for status in ["active", "pending", "disabled"] {
            let error = log_in("ada", known(status, false)).await;
            assert!(matches!(error, Err(LogInError::InvalidCredentials)), "{status}");
        }
    }

    #[tokio::test]
    async fn answers_a_disabled_account_like_a_wrong_password() {
        let error = log_in("ada", known("disabled", true)).await;
        assert!(matches!(error, Err(LogInError::InvalidCredentials)));
    }

    #[tokio::test]
    async fn tells_a_pending_account_alone_to_activate_it() {
        let error = log_in("ada", known("pending", true)).await;
        assert!(matches!(error, Err(LogInError::ActivationRequired)));
    }

    #[tokio::test]
    async fn looks_again_when_the_hash_was_replaced_in_the_meantime() {
        let mut mocks = known("active", true);
        let mut answers = [None, Some(70)].into_iter();
        mocks.sessions.expect_open().times(2).returning(move |_| Ok(answers.next().unwrap()));
        assert_eq!(log_in("ada", mocks).await.unwrap().access, access_token(7, 70));
    }

    #[tokio::test]
    async fn opens_nothing_when_the_account_was_closed_in_the_meantime() {
        let mut mocks = known("active", true);
        mocks.sessions.expect_open().returning(|_| Ok(None));
        let error = log_in("ada", mocks).await;
        assert!(matches!(error, Err(LogInError::InvalidCredentials)));
    }

    #[tokio::test]
    async fn upgrades_an_outdated_hash_once_the_session_is_open() {
        let mut mocks = known("active", true);
        mocks.hasher.checkpoint();
        mocks.hasher.expect_verify().returning(|_, _| Ok(true));
        mocks.hasher.expect_is_outdated().return_const(true);
        mocks.hasher.expect_hash().returning(|_| Ok("new".into()));
        mocks.sessions.expect_open().returning(|_| Ok(Some(70)));
        let replace = mocks.accounts.expect_replace_password_hash();
        replace.once().returning(|_, _, _| Ok(true));
        assert!(log_in("ada", mocks).await.is_ok());
    }

    #[tokio::test]
    async fn spends_a_hash_on_a_login_that_nobody_can_have() {
        let mut mocks = AuthMocks::new();
        mocks.expect_one_hash(None, false);
        let error = log_in("not a name", mocks).await;
        assert!(matches!(error, Err(LogInError::InvalidCredentials)));
    }

    /// Refuses everything, and keeps the last key of each question.
    fn full_house() -> (AuthMocks, Arc<Mutex<Vec<String>>>) {
        let seen = Arc::new(Mutex::new(vec![]));
        let log = seen.clone();
        let mut limiter = MockRateLimiter::new();
        limiter.expect_admit().returning(move |demands| {
            log.lock().unwrap().extend(demands.last().map(|demand| demand.key.clone()));
            let wait = Duration::from_secs(9);
            let none = Allowance { remaining: 0, reset: wait, retry_after: Some(wait) };
            Ok(vec![none; demands.len()])
        });
        (AuthMocks { throttle: Throttle::new(Arc::new(limiter)), ..AuthMocks::new() }, seen)
    }

    #[tokio::test]
    async fn refuses_who_tries_too_often_before_it_looks_anything_up_or_hashes() {
        for login in ["ada", "ada@example.org", "not a name"] {
            let (mocks, _) = full_house();
            let Err(LogInError::Throttled(throttled)) = log_in(login, mocks).await else {
                panic!("{login} was let in");
            };
            assert_eq!(throttled.retry_after, Duration::from_secs(9));
        }
    }

    #[tokio::test]
    async fn spellings_of_one_login_are_counted_together() {
        for (spellings, key) in [
            (["ada", " ADA "], "name:ada"),
            (["Ada@Example.org", "ada@example.org"], "mail:ada@example.org"),
            (["No Name", "no name "], "none:no name"),
        ] {
            for login in spellings {
                let (mocks, seen) = full_house();
                assert!(log_in(login, mocks).await.is_err());
                assert_eq!(*seen.lock().unwrap(), [format!("login-account:{key}")]);
            }
        }
    }

    /// The one event that is recorded about an attempt.
    async fn recorded(login: &str, mocks: AuthMocks) -> InsertAuditEvent {
        let (audit, events) = audit();
        let ports = AuthPorts { audit: Arc::new(audit), ..mocks.into_ports() };
        let _ = run(&ports, command(login)).await;
        only_event(&events)
    }

    #[tokio::test]
    async fn records_who_signed_in_from_where() {
        let mut mocks = known("active", true);
        mocks.sessions.expect_open().returning(|_| Ok(Some(70)));
        let event = recorded("ada", mocks).await;
        assert_eq!((event.kind.as_str(), event.actor_user_id), ("signed_in", Some(7)));
        assert_eq!((event.subject_user_id, event.address.as_deref()), (Some(7), Some("127.0.0.1")));
    }

    #[tokio::test]
    async fn records_failures_with_the_account_and_nothing_that_was_typed() {
        for (status, is_right) in [("active", false), ("pending", true), ("disabled", true)] {
            let event = recorded("ada@example.org", known(status, is_right)).await;
            assert_eq!((event.kind.as_str(), event.actor_user_id), ("sign_in_failed", None));
            assert_eq!((event.subject_user_id, event.detail), (Some(7), None), "{status}");
        }
        let mut mocks = AuthMocks::new();
        mocks.expect_one_hash(None, false);
        let event = recorded("not a name", mocks).await;
        assert_eq!((event.kind.as_str(), event.subject_user_id), ("sign_in_failed", None));
        assert_eq!((event.subject_name, event.detail), (None, None));
    }
}
