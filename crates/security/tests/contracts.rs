//! The adapters of this crate keep the contracts of their ports.
#![expect(clippy::unwrap_used, reason = "these are tests")]

use std::num::NonZeroUsize;
use std::sync::Arc;

use reelmark_application::ports::{IdGenerator, PasswordHasher, SecretGenerator};
use reelmark_security::{
    BcryptCost, BcryptPasswordHasher, BcryptPasswordHasherConfig, JwtTokens, JwtTokensConfig,
    SigningKey, SigningKeys, SystemSecretGenerator, UuidGenerator,
};
use reelmark_testkit::FixedClock;
use reelmark_testkit::builders::NOON;
use reelmark_testkit::contracts::tokens::Tokens;

const SECRET: &[u8] = b"for tests: 0123456789abcdef0123456789abcdef";

async fn fresh_hasher() -> Arc<dyn PasswordHasher> {
    let config = BcryptPasswordHasherConfig {
        cost: BcryptCost::MIN,
        permits: NonZeroUsize::MIN,
        waiting: 4,
    };
    Arc::new(BcryptPasswordHasher::new(config).unwrap())
}

async fn fresh_tokens() -> Tokens {
    let key = SigningKey::new("2026-03", SECRET).unwrap();
    let config = JwtTokensConfig {
        keys: SigningKeys::new(key, vec![]).unwrap(),
        issuer: "https://reelmark.example".into(),
        audience: "reelmark-api".into(),
    };
    let clock = Arc::new(FixedClock::at(NOON));
    let tokens = Arc::new(JwtTokens::new(config, clock.clone(), Arc::new(UuidGenerator)));
    Tokens { issuer: tokens.clone(), verifier: tokens, clock, secret: SECRET.into() }
}

async fn fresh_ids() -> Arc<dyn IdGenerator> {
    Arc::new(UuidGenerator)
}

async fn fresh_secrets() -> Arc<dyn SecretGenerator> {
    Arc::new(SystemSecretGenerator)
}

reelmark_testkit::password_hasher_contracts!(fresh_hasher);
reelmark_testkit::tokens_contracts!(fresh_tokens);
reelmark_testkit::id_generator_contracts!(fresh_ids);
reelmark_testkit::secret_generator_contracts!(fresh_secrets);
