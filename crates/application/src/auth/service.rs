use async_trait::async_trait;
use reelmark_domain::Caller;

use super::*;

/// The use cases about identity.
pub struct AuthService {
    ports: AuthPorts,
}

impl AuthService {
    pub fn new(ports: AuthPorts) -> Self {
        Self { ports }
    }
}

#[async_trait]
impl AuthUseCases for AuthService {
    async fn log_in(&self, command: LogIn) -> Result<Tokens, LogInError> {
        log_in::run(&self.ports, command).await
    }

    async fn authenticate(&self, token: &str) -> Result<Caller, AuthenticateError> {
        let AuthPorts { session_reader, verifier, clock, .. } = &self.ports;
        authenticate::run(&**session_reader, &**verifier, &**clock, token).await
    }
}
