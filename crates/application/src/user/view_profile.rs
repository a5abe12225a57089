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
    let user =
        visible_user(users, viewer, username).await?.ok_or(ViewProfileError::UserNotFound)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockRatingReader, MockUserReader, UserRecord};
    use crate::testing::{caller, unavailable, user_record, username};
    use mockall::predicate::eq;
    use reelmark_domain::Role;

    fn users(visibility: &str) -> MockUserReader {
        let record = UserRecord { visibility: visibility.into(), ..user_record() };
        let mut users = MockUserReader::new();
        users
            .expect_find_by_username()
            .with(eq("ada".to_owned()))
            .returning(move |_| Ok(Some(record.clone())));
        users
    }

    fn ratings() -> MockRatingReader {
        let mut ratings = MockRatingReader::new();
        ratings
            .expect_histogram_of_user()
            .with(eq(7))
            .returning(|_| Ok([0, 0, 0, 0, 0, 0, 0, 2, 0, 1]));
        ratings
    }

    #[tokio::test]
    async fn shows_a_public_profile_with_its_ratings_in_numbers() {
        let profile = run(&users("public"), &ratings(), None, username()).await.unwrap();
        assert_eq!((profile.histogram.count(), profile.histogram.sum()), (3, 26));
    }

    #[tokio::test]
    async fn hides_a_private_profile_from_strangers_and_shows_it_to_its_owner() {
        let error = run(&users("private"), &ratings(), None, username()).await;
        assert!(matches!(error, Err(ViewProfileError::UserNotFound)));
        let owner = Some(caller(Role::Member));
        assert!(run(&users("private"), &ratings(), owner, username()).await.is_ok());
    }

    #[tokio::test]
    async fn says_when_the_store_is_down() {
        let mut users = MockUserReader::new();
        users.expect_find_by_username().returning(|_| Err(unavailable()));
        let error = run(&users, &ratings(), None, username()).await;
        assert!(matches!(error, Err(ViewProfileError::Store(RepositoryError::Unavailable(_)))));
    }
}
