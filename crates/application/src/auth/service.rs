use std::sync::Arc;

use async_trait::async_trait;
use reelmark_domain::Caller;

use super::{AuthUseCases, AuthenticateError, LogIn, LogInError, authenticate, log_in};
use crate::ports::{AccessToken, PasswordHasher, TokenIssuer, TokenVerifier, UserReader};

/// The use cases about identity.
pub struct AuthService {
    users: Arc<dyn UserReader>,
    hasher: Arc<dyn PasswordHasher>,
    issuer: Arc<dyn TokenIssuer>,
    verifier: Arc<dyn TokenVerifier>,
}

impl AuthService {
    pub fn new(
        users: Arc<dyn UserReader>,
        hasher: Arc<dyn PasswordHasher>,
        issuer: Arc<dyn TokenIssuer>,
        verifier: Arc<dyn TokenVerifier>,
    ) -> Self {
        Self { users, hasher, issuer, verifier }
    }
}

#[async_trait]
impl AuthUseCases for AuthService {
    async fn log_in(&self, command: LogIn) -> Result<AccessToken, LogInError> {
        log_in::run(&*self.users, &*self.hasher, &*self.issuer, command).await
    }

    async fn authenticate(&self, token: &str) -> Result<Caller, AuthenticateError> {
        authenticate::run(&*self.users, &*self.verifier, token).await
    }
}
