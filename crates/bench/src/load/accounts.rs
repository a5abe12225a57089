//! Accounts that nobody signs up for, and access tokens that nobody signs in for.

use std::sync::Arc;

use anyhow::Result;
use reelmark_application::ports::{Identity, TokenIssuer};
use reelmark_domain::{SessionId, UserId};
use reelmark_memory::SystemClock;
use reelmark_security::{JwtTokens, JwtTokensConfig, SigningKey, SigningKeys, UuidGenerator};

/// What the service under test signs tokens with. It guards nothing but throw-away data.
pub const JWT_SECRET: &str = "benchmark-benchmark-benchmark-benchmark";

/// A bcrypt hash, of no password that anybody knows.
pub const PASSWORD_HASH: &str = "$2b$10$CwTycUXWue0Thq9StjUM0uJ8hYtK0zrjA0m5zYyV3kFv0m1q5l4iK";

/// How the service names its only key, itself and its audience when nothing else is set.
const KEY_ID: &str = "1";
const PARTY: &str = "reelmark";

/// Issues access tokens as the service under test does.
pub struct Tokens(pub(super) JwtTokens);

impl Tokens {
    pub fn new() -> Result<Self> {
        let key = SigningKey::new(KEY_ID, JWT_SECRET.as_bytes())?;
        let config = JwtTokensConfig {
            keys: SigningKeys::new(key, vec![])?,
            issuer: PARTY.into(),
            audience: PARTY.into(),
        };
        Ok(Self(JwtTokens::new(config, Arc::new(SystemClock), Arc::new(UuidGenerator))))
    }

    /// A token of a user, good for ten minutes. The loaders give each user one session, of the same
    /// number.
    pub fn of_user(&self, user: u32) -> Result<String> {
        let (user_id, session_id) = (UserId::parse(user.into())?, SessionId::parse(user.into())?);
        Ok(self.0.issue(Identity { user_id, session_id })?.token)
    }
}
