//! Bearers that were looked up a moment ago: decorators over the ports of sessions and accounts.
//!
//! [`CachedSessionReader`] answers for the reader; the other decorators make it forget whatever is ended
//! or changed through this process, so that it acts on the very next call here. What happens
//! elsewhere acts within [`LIFETIME`].

mod account_code_repository;
mod account_repository;
mod bearers;
mod flight;
mod session_reader;
mod session_repository;
#[cfg(test)]
mod tests;
mod user_repository;

pub use account_code_repository::ForgettingAccountCodeRepository;
pub use account_repository::ForgettingAccountRepository;
pub use bearers::{BearerCache, LIFETIME};
pub use session_reader::CachedSessionReader;
pub use session_repository::ForgettingSessionRepository;
pub use user_repository::ForgettingUserRepository;
