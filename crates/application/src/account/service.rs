use std::sync::Arc;

use async_trait::async_trait;
use reelmark_domain::{Caller, CodePurpose, EmailAddress, Secret};

use super::*;
use crate::Origin;
use crate::audit::AuditRecorder;
use crate::ports::{
    AccountCodeRepository, AccountRepository, Cache, Clock, ExportFiles, ExportReader, Outbox,
    PasswordHasher, PersonalExportFormat, SessionReader, TableWriter, UserReader,
};
use crate::throttling::Throttle;

/// The use cases about the life of an account.
pub struct AccountService {
    ports: AccountPorts,
}

/// What they need.
pub struct AccountPorts {
    pub accounts: Arc<dyn AccountRepository>,
    pub codes: Arc<dyn AccountCodeRepository>,
    pub users: Arc<dyn UserReader>,
    pub sessions: Arc<dyn SessionReader>,
    pub exports: Arc<dyn ExportReader>,
    pub export_files: Arc<dyn ExportFiles>,
    pub outbox: Arc<dyn Outbox>,
    pub hasher: Arc<dyn PasswordHasher>,
    pub cache: Arc<dyn Cache>,
    pub tables: Arc<dyn TableWriter>,
    pub audit: Arc<AuditRecorder>,
    pub clock: Arc<dyn Clock>,
    pub throttle: Throttle,
}

impl AccountService {
    pub fn new(ports: AccountPorts) -> Self {
        Self { ports }
    }
}

#[async_trait]
impl AccountUseCases for AccountService {
    async fn activate_account(
        &self,
        code: Secret,
        origin: Origin,
    ) -> Result<(), ActivateAccountError> {
        let AccountPorts { codes, clock, audit, .. } = &self.ports;
        activate_account::run(&**codes, &**clock, audit, code, origin).await
    }

    async fn request_mail(
        &self,
        purpose: CodePurpose,
        email: EmailAddress,
    ) -> Result<(), RequestMailError> {
        let AccountPorts { outbox, clock, throttle, .. } = &self.ports;
        request_mail::run(&**outbox, &**clock, throttle, purpose, email).await
    }

    async fn reset_password(&self, command: ResetPassword) -> Result<(), ResetPasswordError> {
        let AccountPorts { codes, hasher, clock, audit, .. } = &self.ports;
        reset_password::run(&**codes, &**hasher, &**clock, audit, command).await
    }

    async fn change_password(&self, command: ChangePassword) -> Result<(), ChangePasswordError> {
        let AccountPorts { accounts, users, hasher, audit, .. } = &self.ports;
        change_password::run(&**accounts, &**users, &**hasher, audit, command).await
    }

    async fn erase_account(&self, command: EraseAccount) -> Result<(), EraseAccountError> {
        erase_account::run(&self.ports, command).await
    }

    async fn export_account(&self, caller: Caller) -> Result<AccountExport, ExportAccountError> {
        export_account::run(&self.ports, caller).await
    }

    async fn export_account_as_csv(&self, caller: Caller) -> Result<String, ExportAccountError> {
        let export = export_account::run(&self.ports, caller).await?;
        export_account::as_csv(&*self.ports.tables, &export)
    }

    async fn export_ratings(
        &self,
        caller: Caller,
        format: PersonalExportFormat,
    ) -> Result<RatingsExport, ExportRatingsError> {
        let AccountPorts { exports, export_files, .. } = &self.ports;
        RatingsExport::begin(exports.clone(), &**export_files, caller, format)
    }
}
