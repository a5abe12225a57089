use reelmark_domain::{Caller, User};
use thiserror::Error;

use super::UserProfile;
use super::view_profile::with_histogram;
use crate::ports::{RatingReader, RepositoryError, UserReader};

/// Why the caller's own profile is not shown.
#[derive(Debug, Error)]
pub enum ViewOwnProfileError {
    /// The account was erased a moment ago.
    #[error("the account no longer exists")]
    AccountGone,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    users: &dyn UserReader,
    ratings: &dyn RatingReader,
    caller: Caller,
) -> Result<UserProfile, ViewOwnProfileError> {
    let record = users
        .find(caller.user_id.get())
        .await?
        .ok_or(ViewOwnProfileError::AccountGone)?;
    let user = User::try_from(record).map_err(RepositoryError::from)?;
    Ok(with_histogram(ratings, user).await?)
}
