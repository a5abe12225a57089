use std::sync::Arc;

use reelmark_application::ports::{
    Clock, IdGenerator, PasswordHasher, SecretGenerator, TokenIssuer, TokenVerifier,
};
use reelmark_security::{
    BcryptCost, BcryptPasswordHasher, BcryptPasswordHasherConfig, JwtTokens, JwtTokensConfig,
    SigningKeys, SystemSecretGenerator,
};

use super::token_secret;
use crate::config::{Config, TokenKeys};
use crate::failure::{Failure, OrFail};

/// What guards the accounts.
pub struct Security {
    pub hasher: Arc<dyn PasswordHasher>,
    pub secrets: Arc<dyn SecretGenerator>,
    pub issuer: Arc<dyn TokenIssuer>,
    pub verifier: Arc<dyn TokenVerifier>,
}

impl Security {
    pub fn new(
        config: &Config,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdGenerator>,
    ) -> Result<Self, Failure> {
        let tokens = JwtTokensConfig {
            keys: keys(config)?,
            issuer: config.security.issuer.clone(),
            audience: config.security.audience.clone(),
        };
        let tokens = Arc::new(JwtTokens::new(tokens, clock, ids));
        Ok(Self {
            hasher: hasher(config.security.bcrypt_cost)?,
            secrets: Arc::new(SystemSecretGenerator),
            issuer: tokens.clone(),
            verifier: tokens,
        })
    }
}

/// Takes as long as hashing one password does.
pub fn hasher(cost: u32) -> Result<Arc<dyn PasswordHasher>, Failure> {
    const FAILED: &str = "could not get ready to hash passwords";
    let cost = BcryptCost::parse(cost).or_fail(FAILED)?;
    let config = BcryptPasswordHasherConfig::with_cost(cost);
    let hasher = BcryptPasswordHasher::new(config).or_fail(FAILED)?;
    Ok(Arc::new(hasher))
}

fn keys(config: &Config) -> Result<SigningKeys, Failure> {
    match &config.security.keys {
        TokenKeys::Given(keys) => Ok(keys.clone()),
        TokenKeys::OwnSecret => token_secret::read_or_make(&config.store.data_dir),
    }
}
