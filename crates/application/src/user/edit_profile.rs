use reelmark_domain::{Bio, Caller, DisplayName, Profile, User, Visibility};
use thiserror::Error;

use super::UserProfile;
use super::view_profile::with_histogram;
use crate::ports::{RatingReader, RepositoryError, UpdateProfile, UserReader, UserRepository};
use crate::{Change, ExpectedVersion};

/// The caller changes parts of their profile.
#[derive(Clone, Debug)]
pub struct EditProfile {
    pub caller: Caller,
    pub expected: ExpectedVersion,
    pub display_name: Change<DisplayName>,
    pub bio: Change<Bio>,
    pub visibility: Option<Visibility>,
}

/// Why a profile was not changed.
#[derive(Debug, Error)]
pub enum EditProfileError {
    #[error("the account no longer exists")]
    AccountGone,
    /// Somebody changed it since the caller looked.
    #[error("the profile was changed in the meantime")]
    Stale,
    #[error(transparent)]
    Store(RepositoryError),
}

pub(super) async fn run(
    repository: &dyn UserRepository,
    users: &dyn UserReader,
    ratings: &dyn RatingReader,
    command: EditProfile,
) -> Result<UserProfile, EditProfileError> {
    let record =
        users.find(command.caller.user_id.get()).await?.ok_or(EditProfileError::AccountGone)?;
    let user = User::try_from(record).map_err(RepositoryError::from)?;
    if !command.expected.allows(user.version()) {
        return Err(EditProfileError::Stale);
    }
    let update = update_of(&user, command);
    let record = repository.update_profile(update).await?.ok_or(EditProfileError::AccountGone)?;
    let user = User::try_from(record).map_err(RepositoryError::from)?;
    Ok(with_histogram(ratings, user).await?)
}

fn update_of(user: &User, command: EditProfile) -> UpdateProfile {
    let Profile { display_name, bio, visibility } = user.profile().clone();
    UpdateProfile {
        id: user.id().get(),
        expected_version: user.version(),
        display_name: command.display_name.apply(display_name).map(Into::into),
        bio: command.bio.apply(bio).map(Into::into),
        visibility: command.visibility.unwrap_or(visibility).into(),
    }
}

impl From<RepositoryError> for EditProfileError {
    fn from(error: RepositoryError) -> Self {
        match error {
            RepositoryError::Stale => Self::Stale,
            other => Self::Store(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockRatingReader, MockUserReader, MockUserRepository};
    use crate::testing::{caller, user_record};
    use mockall::predicate::eq;
    use reelmark_domain::Role;

    fn command(expected: ExpectedVersion) -> EditProfile {
        EditProfile {
            caller: caller(Role::Member),
            expected,
            display_name: Change::Keep,
            bio: Change::Set(Bio::parse("Hello").unwrap()),
            visibility: Some(Visibility::Private),
        }
    }

    fn users() -> MockUserReader {
        let mut users = MockUserReader::new();
        users.expect_find().returning(|_| Ok(Some(user_record())));
        users
    }

    fn ratings() -> MockRatingReader {
        let mut ratings = MockRatingReader::new();
        ratings.expect_histogram_of_user().returning(|_| Ok([0; 10]));
        ratings
    }

    #[tokio::test]
    async fn changes_what_is_named_and_keeps_the_rest() {
        let mut repository = MockUserRepository::new();
        let expected = UpdateProfile {
            id: 7,
            expected_version: 3,
            display_name: Some("Ada L.".into()),
            bio: Some("Hello".into()),
            visibility: "private".into(),
        };
        let stored = |_| Ok(Some(user_record()));
        repository.expect_update_profile().with(eq(expected)).once().returning(stored);
        let command = command(ExpectedVersion::OneOf(vec![3]));
        assert!(run(&repository, &users(), &ratings(), command).await.is_ok());
    }

    #[tokio::test]
    async fn writes_nothing_over_a_version_the_caller_has_not_seen() {
        let command = command(ExpectedVersion::OneOf(vec![2]));
        let error = run(&MockUserRepository::new(), &users(), &ratings(), command).await;
        assert!(matches!(error, Err(EditProfileError::Stale)));
    }

    #[tokio::test]
    async fn tells_a_lost_race_as_stale() {
        let mut repository = MockUserRepository::new();
        repository.expect_update_profile().returning(|_| Err(RepositoryError::Stale));
        let error = run(&repository, &users(), &ratings(), command(ExpectedVersion::Any)).await;
        assert!(matches!(error, Err(EditProfileError::Stale)));
    }
}
