//! Who is calling.

mod authenticate;
mod log_in;
mod service;
mod use_cases;

pub use authenticate::AuthenticateError;
pub use log_in::{LogIn, LogInError};
pub use service::AuthService;
pub use use_cases::*;
