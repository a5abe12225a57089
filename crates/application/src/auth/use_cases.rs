use async_trait::async_trait;
use reelmark_domain::{Caller, Secret, SessionId};

use super::{
    AuthenticateError, EndSessionError, LogIn, LogInError, OwnSession, RefreshError, Tokens,
};
use crate::Origin;
use crate::ports::RepositoryError;

/// What can be done about identity.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait AuthUseCases: Send + Sync {
    /// Trades a name or address and a password for tokens, and opens a session.
    async fn log_in(&self, command: LogIn) -> Result<Tokens, LogInError>;

    /// Trades a refresh token for new tokens of the same session. A token that comes twice, unless
    /// the first answer may have been lost, ends the session.
    async fn refresh(&self, token: Secret, origin: Origin) -> Result<Tokens, RefreshError>;

    /// Ends the session of a refresh token, if there is one.
    async fn log_out(&self, token: Secret, origin: Origin) -> Result<(), RepositoryError>;

    /// The sessions of the caller, last used first.
    async fn list_sessions(&self, caller: Caller) -> Result<Vec<OwnSession>, RepositoryError>;

    /// Ends one session of the caller's.
    async fn end_session(
        &self,
        caller: Caller,
        session_id: SessionId,
        origin: Origin,
    ) -> Result<(), EndSessionError>;

    /// Says who the bearer of a token is, with the role the store knows now.
    async fn authenticate(&self, token: &str) -> Result<Caller, AuthenticateError>;
}
