use std::sync::Arc;

use reelmark_application::ports::{PasswordHasher, TokenIssuer, TokenVerifier};
use reelmark_application::throttling::Throttle;
use reelmark_security::{
    BcryptCost, BcryptPasswordHasher, BcryptPasswordHasherConfig, JwtTokens, JwtTokensConfig,
    SigningKeys,
};

use super::app::Engines;
use super::{throttle, token_secret};
use crate::config::{Config, TokenKeys};
use crate::failure::{Failure, OrFail};

/// What guards the accounts.
pub struct Security {
    pub hasher: Arc<dyn PasswordHasher>,
    pub issuer: Arc<dyn TokenIssuer>,
    pub verifier: Arc<dyn TokenVerifier>,
    pub throttle: Throttle,
    /// Whether whoever signs up has to activate the account.
    pub with_activation: bool,
}

impl Security {
    pub fn new(config: &Config, engines: &Engines) -> Result<Self, Failure> {
        let Engines { cache, clock, ids, .. } = engines;
        let tokens = JwtTokensConfig {
            keys: keys(config)?,
            issuer: config.security.issuer.clone(),
            audience: config.security.audience.clone(),
        };
        let tokens = Arc::new(JwtTokens::new(tokens, clock.clone(), ids.clone()));
        Ok(Self {
            hasher: hasher(config.security.bcrypt_cost)?,
            issuer: tokens.clone(),
            verifier: tokens,
            throttle: throttle::of(&config.security, cache, clock.clone()),
            with_activation: config.mail.with_activation,
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
