use async_trait::async_trait;
use reelmark_domain::Caller;

use super::{AuthenticateError, LogIn, LogInError, Tokens};

/// What can be done about identity.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait AuthUseCases: Send + Sync {
    /// Trades a name or address and a password for tokens, and opens a session.
    async fn log_in(&self, command: LogIn) -> Result<Tokens, LogInError>;

    /// Says who the bearer of a token is, with the role the store knows now.
    async fn authenticate(&self, token: &str) -> Result<Caller, AuthenticateError>;
}
