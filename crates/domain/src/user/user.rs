use time::OffsetDateTime;

use super::{AccountStatus, EmailAddress, Profile, Role, Username, Visibility};
use crate::{Caller, UserId};

/// An account, without its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    id: UserId,
    username: Username,
    email: EmailAddress,
    role: Role,
    status: AccountStatus,
    profile: Profile,
    version: i64,
    created_at: OffsetDateTime,
}

impl User {
    /// Puts together an account from checked parts. `version` counts its edits, from 1.
    pub fn new(
        id: UserId,
        (username, email): (Username, EmailAddress),
        (role, status): (Role, AccountStatus),
        profile: Profile,
        version: i64,
        created_at: OffsetDateTime,
    ) -> Self {
        Self { id, username, email, role, status, profile, version, created_at }
    }

    /// Its id.
    pub fn id(&self) -> UserId {
        self.id
    }

    /// The name it is found by.
    pub fn username(&self) -> &Username {
        &self.username
    }

    /// The address it was registered with; shown to its owner alone.
    pub fn email(&self) -> &EmailAddress {
        &self.email
    }

    /// What its owner may do.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Whether it can be used.
    pub fn status(&self) -> AccountStatus {
        self.status
    }

    /// What its owner edits freely.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// How often it was written: 1 for an account never edited.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// When it was registered.
    pub fn created_at(&self) -> OffsetDateTime {
        self.created_at
    }

    /// Whether `viewer` may see the profile and its ratings: everybody when it is public, its
    /// owner and admins when it is private.
    pub fn is_visible_to(&self, viewer: Option<&Caller>) -> bool {
        self.profile.visibility == Visibility::Public
            || viewer.is_some_and(|v| v.user_id == self.id || v.role == Role::Admin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SessionId;

    fn user(visibility: Visibility) -> User {
        User::new(
            UserId::parse(7).unwrap(),
            (Username::parse("ada").unwrap(), EmailAddress::parse("ada@example.org").unwrap()),
            (Role::Member, AccountStatus::Active),
            Profile { visibility, ..Profile::default() },
            1,
            OffsetDateTime::UNIX_EPOCH,
        )
    }

    fn caller(id: i64, role: Role) -> Caller {
        let session_id = SessionId::parse(1).unwrap();
        Caller { user_id: UserId::parse(id).unwrap(), session_id, role }
    }

    #[test]
    fn everybody_sees_a_public_profile() {
        assert!(user(Visibility::Public).is_visible_to(None));
    }

    #[test]
    fn owner_and_admin_alone_see_a_private_profile() {
        let user = user(Visibility::Private);
        assert!(!user.is_visible_to(None));
        assert!(!user.is_visible_to(Some(&caller(8, Role::Curator))));
        assert!(user.is_visible_to(Some(&caller(7, Role::Member))));
        assert!(user.is_visible_to(Some(&caller(8, Role::Admin))));
    }
}
