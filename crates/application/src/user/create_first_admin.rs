use reelmark_domain::{AccountStatus, Role, User};

use super::register_user::{new_account, signed_up};
use super::{RegisterUser, RegisterUserError};
use crate::audit::AuditRecorder;
use crate::ports::{Clock, PasswordHasher, RepositoryError, UserReader, UserRepository};

/// Looks before it hashes, which is slow on purpose; the store decides in the end.
pub(super) async fn run(
    repository: &dyn UserRepository,
    users: &dyn UserReader,
    hasher: &dyn PasswordHasher,
    clock: &dyn Clock,
    audit: &AuditRecorder,
    command: RegisterUser,
) -> Result<Option<User>, RegisterUserError> {
    if users.find_by_username(command.username.key()).await?.is_some() {
        return Ok(None);
    }
    let account = new_account(hasher, clock, command, (Role::Admin, AccountStatus::Active)).await?;
    let record = repository.insert_first(account).await?;
    let user = record.map(User::try_from).transpose().map_err(RepositoryError::from)?;
    if let Some(user) = &user {
        audit.record(signed_up(user, None)).await;
    }
    Ok(user)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockPasswordHasher, MockUserReader, MockUserRepository, UserRecord};
    use crate::testing::{audit, clock, email, password, user_record, username};

    fn command() -> RegisterUser {
        RegisterUser { username: username(), email: email(), password: password(), origin: None }
    }

    fn users(known: Option<UserRecord>) -> MockUserReader {
        let mut users = MockUserReader::new();
        users.expect_find_by_username().returning(move |_| Ok(known.clone()));
        users
    }

    async fn create(stored: Option<UserRecord>) -> Option<User> {
        let mut hasher = MockPasswordHasher::new();
        hasher.expect_hash().returning(|_| Ok("hash".into()));
        let mut repository = MockUserRepository::new();
        let stored = move |_| Ok(stored.clone());
        repository.expect_insert_first().withf(|user| user.role == "admin").returning(stored);
        run(&repository, &users(None), &hasher, &clock(), &audit().0, command()).await.unwrap()
    }

    #[tokio::test]
    async fn makes_an_admin_in_an_empty_store() {
        let record = UserRecord { role: "admin".into(), ..user_record() };
        assert_eq!(create(Some(record)).await.map(|user| user.role()), Some(Role::Admin));
    }

    #[tokio::test]
    async fn makes_nobody_when_there_are_accounts() {
        assert_eq!(create(None).await, None);
    }

    #[tokio::test]
    async fn spends_no_hash_when_the_admin_is_known() {
        let (repository, hasher) = (MockUserRepository::new(), MockPasswordHasher::new());
        let users = users(Some(user_record()));
        let made =
            run(&repository, &users, &hasher, &clock(), &audit().0, command()).await.unwrap();
        assert_eq!(made, None);
    }
}
