use async_trait::async_trait;
use reelmark_domain::{
    AccountStatus, Bio, DisplayName, EmailAddress, Profile, Role, User, UserId, Username,
    Visibility,
};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::movie_records::optional;
use super::{CorruptRecord, RepositoryError};

/// An account as stored, without its password hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRecord {
    pub id: i64,
    pub username: String,
    pub email: String,
    pub role: String,
    pub status: String,
    pub display_name: Option<String>,
    pub bio: Option<String>,
    pub visibility: String,
    /// Counts the writes, from 1.
    pub version: i64,
    pub created_at: OffsetDateTime,
}

/// An account to store.
#[derive(Clone, PartialEq, Eq)]
pub struct InsertUser {
    pub username: String,
    /// What makes the username unique.
    pub username_key: String,
    /// Canonical, so unique as it is.
    pub email: String,
    pub password_hash: String,
    pub role: String,
    pub status: String,
    pub at: OffsetDateTime,
}

/// A new profile for an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateProfile {
    pub id: i64,
    /// The version that the new profile was made from.
    pub expected_version: i64,
    pub display_name: Option<String>,
    pub bio: Option<String>,
    pub visibility: String,
}

/// A role to give to the account with this username key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetRole {
    pub username_key: String,
    pub role: String,
    /// Whether an active admin must be left.
    pub keep_an_admin: bool,
}

/// What came of giving a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoleOutcome {
    /// It is given, and this is the account now.
    Given(UserRecord),
    /// Nothing was changed, because no other active account is an admin.
    LastAdmin,
    /// There is no such account.
    NotFound,
}

/// Keeps the accounts.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait UserRepository: Send + Sync {
    /// Stores an account at version 1, public, with an empty profile. For a pending one the outbox
    /// message `mail_requested.v1`, which asks for the code that activates it, is stored in the same
    /// transaction.
    ///
    /// MUST return `Conflict` with `Username` or `Email` when another account has it; which of the
    /// two when both are taken is open.
    async fn insert(&self, user: InsertUser) -> Result<UserRecord, RepositoryError>;

    /// Stores an account if there is none at all, else nothing.
    ///
    /// MUST be safe against other replicas doing the same: at most one of them stores its account.
    async fn insert_first(&self, user: InsertUser) -> Result<Option<UserRecord>, RepositoryError>;

    /// Replaces the profile and adds 1 to the version. `None` when there is no such account.
    ///
    /// MUST return `Stale` when the stored version isn't the expected one.
    async fn update_profile(
        &self,
        profile: UpdateProfile,
    ) -> Result<Option<UserRecord>, RepositoryError>;

    /// Gives a role and adds 1 to the version.
    ///
    /// MUST leave an active admin where there was one, if that is asked for, also when several lose
    /// the role or are erased at once.
    async fn set_role(&self, role: SetRole) -> Result<RoleOutcome, RepositoryError>;

    /// Gives the account with this username key a status and adds 1 to the version. `None` when
    /// there is no such account.
    ///
    /// MUST end all sessions of the account in the same transaction, unless it is active then.
    async fn set_status(
        &self,
        username_key: String,
        status: String,
    ) -> Result<Option<UserRecord>, RepositoryError>;

    /// Replaces the password hash `old` by `new`, another one of the same password, so that
    /// neither the version nor any session is touched. Whether it did: `false` when the account
    /// has no such hash.
    async fn replace_password_hash(
        &self,
        id: i64,
        old: String,
        new: String,
    ) -> Result<bool, RepositoryError>;
}

impl std::fmt::Debug for InsertUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InsertUser").field("username", &self.username).finish_non_exhaustive()
    }
}

/// An id that the store gave out for an account.
pub(crate) fn stored_user_id(raw: i64) -> Result<UserId, RepositoryError> {
    let corrupt = |source| CorruptRecord { table: "users", column: "id", row: raw, source };
    Ok(UserId::parse(raw).map_err(corrupt)?)
}

impl TryFrom<UserRecord> for User {
    type Error = CorruptRecord;

    fn try_from(record: UserRecord) -> Result<Self, CorruptRecord> {
        let row = record.id;
        let corrupt = |column| move |source| CorruptRecord { table: "users", column, row, source };
        let id = UserId::parse(row).map_err(corrupt("id"))?;
        let username = Username::parse(&record.username).map_err(corrupt("username"))?;
        let email = EmailAddress::parse(&record.email).map_err(corrupt("email"))?;
        let role = Role::parse(&record.role).map_err(corrupt("role"))?;
        let status = AccountStatus::parse(&record.status).map_err(corrupt("status"))?;
        let profile = Profile {
            display_name: optional(record.display_name.as_deref(), DisplayName::parse)
                .map_err(corrupt("display_name"))?,
            bio: optional(record.bio.as_deref(), Bio::parse).map_err(corrupt("bio"))?,
            visibility: Visibility::parse(&record.visibility).map_err(corrupt("visibility"))?,
        };
        let UserRecord { version, created_at, .. } = record;
        Ok(User::new(id, (username, email), (role, status), profile, version, created_at))
    }
}
