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
    let record = users.find(caller.user_id.get()).await?.ok_or(ViewOwnProfileError::AccountGone)?;
    let user = User::try_from(record).map_err(RepositoryError::from)?;
    Ok(with_histogram(ratings, user).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockRatingReader, MockUserReader};
    use crate::testing::{caller, user_record};
    use reelmark_domain::Role;

    #[tokio::test]
    async fn shows_the_caller_their_own_account() {
        let (mut users, mut ratings) = (MockUserReader::new(), MockRatingReader::new());
        users.expect_find().returning(|_| Ok(Some(user_record())));
        ratings.expect_histogram_of_user().returning(|_| Ok([0; 10]));
        let profile = run(&users, &ratings, caller(Role::Member)).await.unwrap();
        assert_eq!(profile.user.email().as_str(), "ada@example.org");
    }

    #[tokio::test]
    async fn notices_an_account_erased_a_moment_ago() {
        let mut users = MockUserReader::new();
        users.expect_find().returning(|_| Ok(None));
        let error = run(&users, &MockRatingReader::new(), caller(Role::Member)).await;
        assert!(matches!(error, Err(ViewOwnProfileError::AccountGone)));
    }
}
