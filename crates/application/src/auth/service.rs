use async_trait::async_trait;
use reelmark_domain::{Caller, Secret, SessionId};

use super::*;
use crate::Origin;
use crate::ports::RepositoryError;

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

    async fn refresh(&self, token: Secret, origin: Origin) -> Result<Tokens, RefreshError> {
        refresh::run(&self.ports, token, origin).await
    }

    async fn log_out(&self, token: Secret, origin: Origin) -> Result<(), RepositoryError> {
        log_out::run(&*self.ports.sessions, &self.ports.audit, token, origin).await
    }

    async fn list_sessions(&self, caller: Caller) -> Result<Vec<OwnSession>, RepositoryError> {
        list_sessions::run(&*self.ports.session_reader, &*self.ports.clock, caller).await
    }

    async fn end_session(
        &self,
        caller: Caller,
        session_id: SessionId,
        origin: Origin,
    ) -> Result<(), EndSessionError> {
        let AuthPorts { sessions, audit, .. } = &self.ports;
        end_session::run(&**sessions, audit, caller, session_id, origin).await
    }

    async fn authenticate(&self, token: &str) -> Result<Caller, AuthenticateError> {
        let AuthPorts { session_reader, verifier, clock, .. } = &self.ports;
        authenticate::run(&**session_reader, &**verifier, &**clock, token).await
    }
}
