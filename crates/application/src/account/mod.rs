//! The life of an account: activated, given another password, handed out, erased.

mod activate_account;
mod change_password;
mod erase_account;
mod export;
mod export_account;
mod export_ratings;
mod own_password;
mod request_mail;
mod reset_password;
mod service;
mod use_cases;

pub use activate_account::ActivateAccountError;
pub use change_password::{ChangePassword, ChangePasswordError};
pub use erase_account::{EraseAccount, EraseAccountError};
pub use export::{AccountExport, AddedMovie, ExportedRating, MovieNames};
pub use export_account::ExportAccountError;
pub use export_ratings::{ExportRatingsError, RatingsExport};
pub use request_mail::RequestMailError;
pub use reset_password::{ResetPassword, ResetPasswordError};
pub use service::{AccountPorts, AccountService};
pub use use_cases::*;
