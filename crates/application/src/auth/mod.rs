//! Who is calling.

mod authenticate;
mod log_in;
mod ports;
mod service;
#[cfg(test)]
mod testing;
mod tokens;
mod use_cases;

pub use authenticate::AuthenticateError;
pub use log_in::{LogIn, LogInError};
pub use ports::AuthPorts;
pub use service::AuthService;
pub use tokens::Tokens;
pub use use_cases::*;
