use std::sync::Arc;

use async_trait::async_trait;
use reelmark_domain::{AccountStatus, Caller, Page, User, Username};

use super::*;
use crate::audit::AuditRecorder;
use crate::ports::{Clock, PasswordHasher, RatingReader, UserReader, UserRepository};

/// The use cases about accounts and profiles.
pub struct UserService {
    repository: Arc<dyn UserRepository>,
    users: Arc<dyn UserReader>,
    ratings: Arc<dyn RatingReader>,
    hasher: Arc<dyn PasswordHasher>,
    clock: Arc<dyn Clock>,
    audit: Arc<AuditRecorder>,
    status_of_new: AccountStatus,
}

impl UserService {
    pub fn new(
        repository: Arc<dyn UserRepository>,
        users: Arc<dyn UserReader>,
        ratings: Arc<dyn RatingReader>,
        hasher: Arc<dyn PasswordHasher>,
        clock: Arc<dyn Clock>,
        audit: Arc<AuditRecorder>,
    ) -> Self {
        let status_of_new = AccountStatus::Active;
        Self { repository, users, ratings, hasher, clock, audit, status_of_new }
    }

    /// Whoever signs up has to prove that the address is theirs before the account can be used.
    #[must_use]
    pub fn requiring_activation(self) -> Self {
        Self { status_of_new: AccountStatus::Pending, ..self }
    }
}

#[async_trait]
impl UserUseCases for UserService {
    async fn register_user(&self, command: RegisterUser) -> Result<User, RegisterUserError> {
        let Self { repository, hasher, clock, audit, status_of_new, .. } = self;
        register_user::run(&**repository, &**hasher, &**clock, audit, *status_of_new, command).await
    }

    async fn create_first_admin(
        &self,
        command: RegisterUser,
    ) -> Result<Option<User>, RegisterUserError> {
        let (users, hasher, clock) = (&*self.users, &*self.hasher, &*self.clock);
        let repository = &*self.repository;
        create_first_admin::run(repository, users, hasher, clock, &self.audit, command).await
    }

    async fn view_own_profile(&self, caller: Caller) -> Result<UserProfile, ViewOwnProfileError> {
        view_own_profile::run(&*self.users, &*self.ratings, caller).await
    }

    async fn edit_profile(&self, command: EditProfile) -> Result<UserProfile, EditProfileError> {
        edit_profile::run(&*self.repository, &*self.users, &*self.ratings, command).await
    }

    async fn view_profile(
        &self,
        viewer: Option<Caller>,
        username: Username,
    ) -> Result<UserProfile, ViewProfileError> {
        view_profile::run(&*self.users, &*self.ratings, viewer, username).await
    }

    async fn list_user_ratings(
        &self,
        query: ListUserRatings,
    ) -> Result<Page<UserRating>, ListUserRatingsError> {
        list_user_ratings::run(&*self.users, &*self.ratings, query).await
    }

    async fn change_role(&self, command: ChangeRole) -> Result<User, ChangeRoleError> {
        change_role::run(&*self.repository, &self.audit, command).await
    }

    async fn change_status(&self, command: ChangeStatus) -> Result<User, ChangeStatusError> {
        change_status::run(&*self.repository, &self.audit, command).await
    }
}
