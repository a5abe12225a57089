//! Passwords, tokens and randomness: the ports that guard the door.
//!
//! - [`BcryptPasswordHasher`] hashes passwords off the caller's thread, a few at a time.
//! - [`JwtTokens`] issues and verifies access tokens, signed with one of [`SigningKeys`].
//! - [`UuidGenerator`] makes ids; [`SystemSecretGenerator`], [`generate_secret`] and
//!   [`generate_password`] make secrets.
#![deny(missing_docs)]

mod passwords;
mod secrets;
mod tokens;
mod uuid_generator;

pub use passwords::{
    BcryptCost, BcryptCostError, BcryptPasswordHasher, BcryptPasswordHasherConfig,
};
pub use secrets::{SystemSecretGenerator, generate_password, generate_secret};
pub use tokens::{
    ACCESS_TOKEN_LIFETIME, JwtTokens, JwtTokensConfig, SigningKey, SigningKeyError, SigningKeys,
};
pub use uuid_generator::UuidGenerator;
