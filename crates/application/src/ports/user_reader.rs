use async_trait::async_trait;

use super::{RepositoryError, UserRecord};

/// By what somebody signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginKey {
    /// The username's key.
    Username(String),
    /// The canonical e-mail address.
    Email(String),
}

/// An account with the hash of its password.
#[derive(Clone, PartialEq, Eq)]
pub struct CredentialsRecord {
    pub user: UserRecord,
    pub password_hash: String,
}

/// Reads accounts as last written: a role taken away must not linger.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait UserReader: Send + Sync {
    /// The account with this id.
    async fn find(&self, id: i64) -> Result<Option<UserRecord>, RepositoryError>;

    /// The account with this username key.
    async fn find_by_username(
        &self,
        username_key: String,
    ) -> Result<Option<UserRecord>, RepositoryError>;

    /// The account that signs in with `key`.
    async fn find_credentials(
        &self,
        key: LoginKey,
    ) -> Result<Option<CredentialsRecord>, RepositoryError>;
}

impl std::fmt::Debug for CredentialsRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CredentialsRecord").field("user", &self.user.id).finish_non_exhaustive()
    }
}
