mod claims;
mod hs256;
mod jwt_tokens;
mod signing_keys;

pub use jwt_tokens::{ACCESS_TOKEN_LIFETIME, JwtTokens, JwtTokensConfig};
pub use signing_keys::{SigningKey, SigningKeyError, SigningKeys};
