//! The ports of identity as mocks. Each test arms those that it is about.

use std::sync::Arc;
use std::time::Duration;

use reelmark_domain::Secret;

use super::AuthPorts;
use crate::ports::*;
use crate::testing::{audit, clock};
use crate::throttling::Throttle;

pub(super) const REFRESH_TOKEN: &str = "a new refresh token";

pub(super) struct AuthMocks {
    pub users: MockUserReader,
    pub accounts: MockUserRepository,
    pub sessions: MockSessionRepository,
    pub session_reader: MockSessionReader,
    pub hasher: MockPasswordHasher,
    pub throttle: Throttle,
}

impl AuthMocks {
    pub fn new() -> Self {
        Self {
            users: MockUserReader::new(),
            accounts: MockUserRepository::new(),
            sessions: MockSessionRepository::new(),
            session_reader: MockSessionReader::new(),
            hasher: MockPasswordHasher::new(),
            throttle: Throttle::off(),
        }
    }

    /// A password must be compared with `hash`, and with nothing else.
    pub fn expect_one_hash(&mut self, hash: Option<&str>, is_right: bool) {
        let hash = hash.map(str::to_owned);
        self.hasher
            .expect_verify()
            .withf(move |_, given| *given == hash)
            .once()
            .returning(move |_, _| Ok(is_right));
    }

    pub fn into_ports(self) -> AuthPorts {
        let mut secrets = MockSecretGenerator::new();
        secrets.expect_new_secret().returning(|| Secret::parse(REFRESH_TOKEN.into()).unwrap());
        let mut issuer = MockTokenIssuer::new();
        issuer
            .expect_issue()
            .returning(|to| Ok(access_token(to.user_id.get(), to.session_id.get())));
        AuthPorts {
            users: Arc::new(self.users),
            accounts: Arc::new(self.accounts),
            sessions: Arc::new(self.sessions),
            session_reader: Arc::new(self.session_reader),
            hasher: Arc::new(self.hasher),
            secrets: Arc::new(secrets),
            issuer: Arc::new(issuer),
            verifier: Arc::new(MockTokenVerifier::new()),
            audit: Arc::new(audit().0),
            clock: Arc::new(clock()),
            throttle: self.throttle,
        }
    }
}

pub(super) fn access_token(user_id: i64, session_id: i64) -> AccessToken {
    let token = format!("token of {user_id} in {session_id}");
    AccessToken { token, expires_in: Duration::from_secs(600) }
}
