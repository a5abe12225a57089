use reelmark_domain::{Caller, Histogram, User, Username};
use thiserror::Error;

use crate::ports::{CorruptRecord, RatingReader, RepositoryError, UserReader, histogram};

/// An account and its ratings in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserProfile {
    pub user: User,
    /// How many ratings gave each score.
    pub histogram: Histogram,
}

/// Why a profile is not shown.
#[derive(Debug, Error)]
pub enum ViewProfileError {
    /// There is no such profile, or it is private: the two are not told apart.
    #[error("there is no such user")]
    UserNotFound,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    users: &dyn UserReader,
    ratings: &dyn RatingReader,
    viewer: Option<Caller>,
    username: Username,
) -> Result<UserProfile, ViewProfileError> {
    let user = visible_user(users, viewer, username)
        .await?
        .ok_or(ViewProfileError::UserNotFound)?;
    Ok(with_histogram(ratings, user).await?)
}

/// The account with this name, if there is one that `viewer` may see.
pub(super) async fn visible_user(
    users: &dyn UserReader,
    viewer: Option<Caller>,
    username: Username,
) -> Result<Option<User>, RepositoryError> {
    let record = users.find_by_username(username.key()).await?;
    let user = record.map(User::try_from).transpose()?;
    Ok(user.filter(|user| user.is_visible_to(viewer.as_ref())))
}

pub(super) async fn with_histogram(
    ratings: &dyn RatingReader,
    user: User,
) -> Result<UserProfile, RepositoryError> {
    let buckets = ratings.histogram_of_user(user.id().get()).await?;
    let histogram = histogram(buckets).map_err(|source| CorruptRecord {
        table: "ratings",
        column: "score",
        row: user.id().get(),
        source,
    })?;
    Ok(UserProfile { user, histogram })
}
