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
    let record = users
        .find(command.caller.user_id.get())
        .await?
        .ok_or(EditProfileError::AccountGone)?;
    let user = User::try_from(record).map_err(RepositoryError::from)?;
    if !command.expected.allows(user.version()) {
        return Err(EditProfileError::Stale);
    }
    let update = update_of(&user, command);
    let record = repository
        .update_profile(update)
        .await?
        .ok_or(EditProfileError::AccountGone)?;
    let user = User::try_from(record).map_err(RepositoryError::from)?;
    Ok(with_histogram(ratings, user).await?)
}

fn update_of(user: &User, command: EditProfile) -> UpdateProfile {
    let Profile {
        display_name,
        bio,
        visibility,
    } = user.profile().clone();
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
