use reelmark_domain::{AccountStatus, User, Username};
use thiserror::Error;

use crate::audit::{AuditEvent, AuditKind, AuditRecorder};
use crate::ports::{RepositoryError, UserRepository};

/// An operator opens or closes an account.
#[derive(Clone, Debug)]
pub struct ChangeStatus {
    pub username: Username,
    pub status: AccountStatus,
}

/// Why a status was not changed.
#[derive(Debug, Error)]
pub enum ChangeStatusError {
    #[error("there is no such user")]
    UserNotFound,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    users: &dyn UserRepository,
    audit: &AuditRecorder,
    command: ChangeStatus,
) -> Result<User, ChangeStatusError> {
    let status = command.status.into();
    let record = users.set_status(command.username.key(), status).await?;
    let record = record.ok_or(ChangeStatusError::UserNotFound)?;
    let user = User::try_from(record).map_err(RepositoryError::from)?;
    if let Some(kind) = kind(user.status()) {
        audit.record(AuditEvent::of(kind).about(&user).with("by", "operator")).await;
    }
    Ok(user)
}

fn kind(status: AccountStatus) -> Option<AuditKind> {
    match status {
        AccountStatus::Active => Some(AuditKind::AccountEnabled),
        AccountStatus::Disabled => Some(AuditKind::AccountDisabled),
        AccountStatus::Pending => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockUserRepository, UserRecord};
    use crate::testing::{audit, only_event, user_record, username};
    use mockall::predicate::eq;

    async fn change(
        status: AccountStatus,
        audit: &AuditRecorder,
        is_known: bool,
    ) -> Result<User, ChangeStatusError> {
        let mut users = MockUserRepository::new();
        users.expect_set_status().with(eq("ada".to_owned()), eq(status.to_string())).returning(
            move |_, status| Ok(is_known.then(|| UserRecord { status, ..user_record() })),
        );
        run(&users, audit, ChangeStatus { username: username(), status }).await
    }

    #[tokio::test]
    async fn gives_an_account_another_status_and_records_it() {
        for (status, kind) in [
            (AccountStatus::Disabled, "account_disabled"),
            (AccountStatus::Active, "account_enabled"),
        ] {
            let (audit, events) = audit();
            assert_eq!(change(status, &audit, true).await.unwrap().status(), status);
            let event = only_event(&events);
            assert_eq!((event.kind.as_str(), event.subject_user_id), (kind, Some(7)));
            assert_eq!((event.actor_user_id, event.address), (None, None));
            assert_eq!(event.detail.as_deref(), Some(r#"{"by":"operator"}"#));
        }
    }

    #[tokio::test]
    async fn says_when_there_is_no_such_user() {
        let (audit, events) = audit();
        let error = change(AccountStatus::Disabled, &audit, false).await;
        assert!(matches!(error, Err(ChangeStatusError::UserNotFound)));
        assert!(events.lock().unwrap().is_empty());
    }
}
