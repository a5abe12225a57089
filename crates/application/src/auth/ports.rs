use std::sync::Arc;

use crate::audit::AuditRecorder;
use crate::ports::{
    Clock, PasswordHasher, SecretGenerator, SessionReader, SessionRepository, TokenIssuer,
    TokenVerifier, UserReader, UserRepository,
};
use crate::throttling::Throttle;

/// What the use cases about identity need from the outside.
pub struct AuthPorts {
    pub users: Arc<dyn UserReader>,
    pub accounts: Arc<dyn UserRepository>,
    pub sessions: Arc<dyn SessionRepository>,
    pub session_reader: Arc<dyn SessionReader>,
    pub hasher: Arc<dyn PasswordHasher>,
    pub secrets: Arc<dyn SecretGenerator>,
    pub issuer: Arc<dyn TokenIssuer>,
    pub verifier: Arc<dyn TokenVerifier>,
    pub audit: Arc<AuditRecorder>,
    pub clock: Arc<dyn Clock>,
    pub throttle: Throttle,
}
