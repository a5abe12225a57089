use reelmark_domain::PlainPassword;
use thiserror::Error;

use super::AuthPorts;
use crate::ports::{PasswordHasherError, RepositoryError};

#[derive(Debug, Error)]
enum UpgradeError {
    #[error(transparent)]
    Hasher(#[from] PasswordHasherError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// Hashes a password that was just found to be right once more when its hash is cheaper than new
/// ones are. Nobody is kept out over it: the next login tries again.
pub(super) async fn run(ports: &AuthPorts, user_id: i64, password: PlainPassword, hash: String) {
    if !ports.hasher.is_outdated(&hash) {
        return;
    }
    if let Err(error) = upgrade(ports, user_id, password, hash).await {
        log::warn!(user_id, error:err = error; "an outdated password hash was not replaced");
    }
}

/// A password that was changed in the meantime stays changed.
async fn upgrade(
    ports: &AuthPorts,
    user_id: i64,
    password: PlainPassword,
    old: String,
) -> Result<(), UpgradeError> {
    let new = ports.hasher.hash(password).await?;
    ports.accounts.replace_password_hash(user_id, old, new).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::testing::AuthMocks;
    use crate::testing::{password, unavailable};
    use mockall::predicate::eq;

    fn mocks(is_outdated: bool) -> AuthMocks {
        let mut mocks = AuthMocks::new();
        mocks.hasher.expect_is_outdated().with(eq("old")).return_const(is_outdated);
        mocks
    }

    #[tokio::test]
    async fn replaces_an_outdated_hash() {
        let mut mocks = mocks(true);
        mocks.hasher.expect_hash().returning(|_| Ok("new".into()));
        mocks
            .accounts
            .expect_replace_password_hash()
            .with(eq(7), eq("old".to_owned()), eq("new".to_owned()))
            .once()
            .returning(|_, _, _| Ok(true));
        run(&mocks.into_ports(), 7, password(), "old".into()).await;
    }

    #[tokio::test]
    async fn leaves_a_good_hash_alone() {
        run(&mocks(false).into_ports(), 7, password(), "old".into()).await;
    }

    #[tokio::test]
    async fn gives_up_quietly() {
        let mut busy = mocks(true);
        busy.hasher.expect_hash().returning(|_| Err(PasswordHasherError::Busy));
        run(&busy.into_ports(), 7, password(), "old".into()).await;

        let mut down = mocks(true);
        down.hasher.expect_hash().returning(|_| Ok("new".into()));
        down.accounts.expect_replace_password_hash().returning(|_, _, _| Err(unavailable()));
        run(&down.into_ports(), 7, password(), "old".into()).await;
    }
}
