use reelmark_domain::{AccountStatus, User, Username};
use thiserror::Error;

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
    command: ChangeStatus,
) -> Result<User, ChangeStatusError> {
    let status = command.status.into();
    let record = users.set_status(command.username.key(), status).await?;
    let record = record.ok_or(ChangeStatusError::UserNotFound)?;
    Ok(User::try_from(record).map_err(RepositoryError::from)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockUserRepository, UserRecord};
    use crate::testing::{user_record, username};
    use mockall::predicate::eq;

    async fn disable(is_known: bool) -> Result<User, ChangeStatusError> {
        let mut users = MockUserRepository::new();
        users.expect_set_status().with(eq("ada".to_owned()), eq("disabled".to_owned())).returning(
            move |_, status| Ok(is_known.then(|| UserRecord { status, ..user_record() })),
        );
        let status = AccountStatus::Disabled;
        run(&users, ChangeStatus { username: username(), status }).await
    }

    #[tokio::test]
    async fn gives_an_account_another_status() {
        assert_eq!(disable(true).await.unwrap().status(), AccountStatus::Disabled);
    }

    #[tokio::test]
    async fn says_when_there_is_no_such_user() {
        assert!(matches!(disable(false).await, Err(ChangeStatusError::UserNotFound)));
    }
}
