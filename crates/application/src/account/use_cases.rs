use async_trait::async_trait;
use reelmark_domain::{Caller, CodePurpose, EmailAddress, Secret};

use super::*;
use crate::Origin;
use crate::ports::PersonalExportFormat;

/// What can be done with an account from its sign-up to its end.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait AccountUseCases: Send + Sync {
    /// Makes the pending account that this code was sent to an active one.
    async fn activate_account(
        &self,
        code: Secret,
        origin: Origin,
    ) -> Result<(), ActivateAccountError>;

    /// Has a code sent to this address, if there is an account that has a use for it and the address
    /// got few mails lately. Costs the same and answers the same whether there is one.
    async fn request_mail(
        &self,
        purpose: CodePurpose,
        email: EmailAddress,
    ) -> Result<(), RequestMailError>;

    /// Sets a new password by a code, and signs out everywhere.
    async fn reset_password(&self, command: ResetPassword) -> Result<(), ResetPasswordError>;

    /// Sets a new password by the old one, and signs out everywhere else.
    async fn change_password(&self, command: ChangePassword) -> Result<(), ChangePasswordError>;

    /// Erases the caller's account and all that belongs to it.
    async fn erase_account(&self, command: EraseAccount) -> Result<(), EraseAccountError>;

    /// All that is held about the caller.
    async fn export_account(&self, caller: Caller) -> Result<AccountExport, ExportAccountError>;

    /// The same as a table in CSV.
    async fn export_account_as_csv(&self, caller: Caller) -> Result<String, ExportAccountError>;

    /// The caller's ratings in a form that other services read, piece by piece.
    async fn export_ratings(
        &self,
        caller: Caller,
        format: PersonalExportFormat,
    ) -> Result<RatingsExport, ExportRatingsError>;
}
