use std::time::Duration;

use reelmark_domain::{SessionId, UserId};
use thiserror::Error;

use super::Cause;

/// Whom a token names: a user, and the session it was given out in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    pub user_id: UserId,
    pub session_id: SessionId,
}

/// A signed statement about who its bearer is.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken {
    pub token: String,
    pub expires_in: Duration,
}

impl std::fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccessToken").field("expires_in", &self.expires_in).finish_non_exhaustive()
    }
}

/// The token could not be signed.
#[derive(Debug, Error)]
#[error("the token could not be signed")]
pub struct TokenIssuerError(#[source] pub Cause);

/// Why a token says nothing about its bearer.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum TokenError {
    /// It was good once.
    #[error("the token has expired")]
    Expired,
    /// It was not issued here, not for here, or was changed.
    #[error("the token is invalid")]
    Invalid,
}

/// Issues access tokens.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait TokenIssuer: Send + Sync {
    /// A token that names `bearer` and says nothing else about them; roles are read from the store.
    fn issue(&self, bearer: Identity) -> Result<AccessToken, TokenIssuerError>;
}

/// Verifies access tokens.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait TokenVerifier: Send + Sync {
    /// Whom a token names.
    ///
    /// MUST refuse any token that lacks one of iss, aud, sub, sid, exp, iat, nbf, jti or the type
    /// `at+jwt`, that was signed in another way or by another key than those configured, and any
    /// outside its time by more than 30 seconds.
    fn verify(&self, token: &str) -> Result<Identity, TokenError>;
}
