use reelmark_domain::{Role, User};

use super::register_user::new_account;
use super::{RegisterUser, RegisterUserError};
use crate::ports::{Clock, PasswordHasher, RepositoryError, UserRepository};

pub(super) async fn run(
    users: &dyn UserRepository,
    hasher: &dyn PasswordHasher,
    clock: &dyn Clock,
    command: RegisterUser,
) -> Result<Option<User>, RegisterUserError> {
    let account = new_account(hasher, clock, command, Role::Admin).await?;
    let record = users.insert_first(account).await?;
    Ok(record.map(User::try_from).transpose().map_err(RepositoryError::from)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockPasswordHasher, MockUserRepository, UserRecord};
    use crate::testing::{clock, email, password, user_record, username};

    async fn create(stored: Option<UserRecord>) -> Option<User> {
        let mut hasher = MockPasswordHasher::new();
        hasher.expect_hash().returning(|_| Ok("hash".into()));
        let mut users = MockUserRepository::new();
        let stored = move |_| Ok(stored.clone());
        users.expect_insert_first().withf(|user| user.role == "admin").returning(stored);
        let command = RegisterUser { username: username(), email: email(), password: password() };
        run(&users, &hasher, &clock(), command).await.unwrap()
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
}
