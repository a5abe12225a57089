//! Accounts and profiles.

mod change_role;
mod change_status;
mod create_first_admin;
mod edit_profile;
mod list_user_ratings;
mod register_user;
mod service;
mod use_cases;
mod view_own_profile;
mod view_profile;

pub use change_role::{ChangeRole, ChangeRoleError, ChangedBy};
pub use change_status::{ChangeStatus, ChangeStatusError};
pub use edit_profile::{EditProfile, EditProfileError};
pub use list_user_ratings::{ListUserRatings, ListUserRatingsError, UserRating};
pub use register_user::{RegisterUser, RegisterUserError};
pub use service::UserService;
pub use use_cases::*;
pub use view_own_profile::ViewOwnProfileError;
pub use view_profile::{UserProfile, ViewProfileError};
