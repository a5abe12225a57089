use async_trait::async_trait;
use reelmark_domain::{Caller, Page, User, Username};

use super::*;

/// What can be done with accounts and profiles.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait UserUseCases: Send + Sync {
    /// Signs somebody up as a member.
    async fn register_user(&self, command: RegisterUser) -> Result<User, RegisterUserError>;

    /// Makes the first account of an empty store, an admin; `None` when there are accounts.
    async fn create_first_admin(
        &self,
        command: RegisterUser,
    ) -> Result<Option<User>, RegisterUserError>;

    /// The caller's own account with their ratings in numbers.
    async fn view_own_profile(&self, caller: Caller) -> Result<UserProfile, ViewOwnProfileError>;

    /// Changes parts of the caller's profile.
    async fn edit_profile(&self, command: EditProfile) -> Result<UserProfile, EditProfileError>;

    /// Somebody's profile with their ratings in numbers, as far as `viewer` may see it.
    async fn view_profile(
        &self,
        viewer: Option<Caller>,
        username: Username,
    ) -> Result<UserProfile, ViewProfileError>;

    /// A page of the movies somebody rated, latest first, as far as `viewer` may see it.
    async fn list_user_ratings(
        &self,
        query: ListUserRatings,
    ) -> Result<Page<UserRating>, ListUserRatingsError>;

    /// Gives somebody a role.
    async fn change_role(&self, command: ChangeRole) -> Result<User, ChangeRoleError>;

    /// Opens or closes an account; a closed one has no sessions. For operators alone.
    async fn change_status(&self, command: ChangeStatus) -> Result<User, ChangeStatusError>;
}
