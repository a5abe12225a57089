use std::sync::Arc;

use async_trait::async_trait;
use reelmark_domain::Caller;

use super::{AuthUseCases, AuthenticateError, LogIn, LogInError, authenticate, log_in};
use crate::audit::AuditRecorder;
use crate::ports::{AccessToken, PasswordHasher, TokenIssuer, TokenVerifier, UserReader};

/// The use cases about identity.
pub struct AuthService {
    users: Arc<dyn UserReader>,
    hasher: Arc<dyn PasswordHasher>,
    issuer: Arc<dyn TokenIssuer>,
    verifier: Arc<dyn TokenVerifier>,
    audit: Arc<AuditRecorder>,
}

impl AuthService {
    pub fn new(
        users: Arc<dyn UserReader>,
        hasher: Arc<dyn PasswordHasher>,
        issuer: Arc<dyn TokenIssuer>,
        verifier: Arc<dyn TokenVerifier>,
        audit: Arc<AuditRecorder>,
    ) -> Self {
        Self { users, hasher, issuer, verifier, audit }
    }
}

#[async_trait]
impl AuthUseCases for AuthService {
    async fn log_in(&self, command: LogIn) -> Result<AccessToken, LogInError> {
        log_in::run(&*self.users, &*self.hasher, &*self.issuer, &self.audit, command).await
    }

    async fn authenticate(&self, token: &str) -> Result<Caller, AuthenticateError> {
        authenticate::run(&*self.users, &*self.verifier, token).await
    }
}
