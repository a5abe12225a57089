//! Who is calling.

mod authenticate;
mod bearer_cache;
mod end_session;
mod identity;
mod list_sessions;
mod log_in;
mod log_out;
mod ports;
mod refresh;
mod service;
#[cfg(test)]
mod testing;
mod tokens;
mod upgrade_hash;
mod use_cases;

pub use authenticate::AuthenticateError;
pub use bearer_cache::*;
pub use end_session::EndSessionError;
use identity::identity;
pub use list_sessions::OwnSession;
pub use log_in::{LogIn, LogInError};
pub use ports::AuthPorts;
pub use refresh::RefreshError;
pub use service::AuthService;
pub use tokens::Tokens;
pub use use_cases::*;
