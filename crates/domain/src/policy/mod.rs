//! Who may do what: one table for the whole service.

use thiserror::Error;

use crate::{Role, SessionId, UserId};

/// Something that not everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Add a movie to the catalogue.
    AddMovie,
    /// Change the facts of a movie, whoever added it.
    EditMovie,
    /// Take a movie and all its ratings out of the catalogue.
    RemoveMovie,
    /// Rate a movie, change or remove one's own rating.
    RateMovie,
    /// Give somebody a role.
    ChangeRole,
    /// See what happened to everybody's accounts.
    ReadAuditTrail,
    /// Have a report made about the whole catalogue.
    ReportOnCatalogue,
    /// Have a report made about somebody else's ratings.
    ReportOnOthers,
}

impl Action {
    /// The least role that may do it.
    pub fn least_role(self) -> Role {
        match self {
            Self::AddMovie | Self::RateMovie => Role::Member,
            Self::EditMovie | Self::RemoveMovie => Role::Curator,
            Self::ChangeRole | Self::ReadAuditTrail => Role::Admin,
            Self::ReportOnCatalogue | Self::ReportOnOthers => Role::Admin,
        }
    }
}

/// Somebody who is signed in, with the role the store knows (never the one a token claims).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Who it is.
    pub user_id: UserId,
    /// The session that the call belongs to.
    pub session_id: SessionId,
    /// What they may do.
    pub role: Role,
}

/// The caller's role is not enough.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("needs the role {needed}, has {actual}")]
pub struct Forbidden {
    /// The least role that may do it.
    pub needed: Role,
    /// The caller's role.
    pub actual: Role,
}

impl Caller {
    /// Lets the caller do `action` or says why not.
    ///
    /// ```
    /// use reelmark_domain::{Action, Caller, Role, SessionId, UserId};
    /// let (user_id, session_id) = (UserId::parse(1)?, SessionId::parse(1)?);
    /// let member = Caller { user_id, session_id, role: Role::Member };
    /// assert!(member.authorize(Action::RateMovie).is_ok());
    /// assert!(member.authorize(Action::EditMovie).is_err());
    /// # Ok::<(), reelmark_domain::ValueError>(())
    /// ```
    ///
    /// # Errors
    /// [`Forbidden`] when the role is below [`Action::least_role`].
    pub fn authorize(&self, action: Action) -> Result<(), Forbidden> {
        let needed = action.least_role();
        if self.role >= needed { Ok(()) } else { Err(Forbidden { needed, actual: self.role }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_may_do_exactly_its_part() {
        use Action::*;
        let table = [
            (AddMovie, [true, true, true]),
            (RateMovie, [true, true, true]),
            (EditMovie, [false, true, true]),
            (RemoveMovie, [false, true, true]),
            (ChangeRole, [false, false, true]),
            (ReadAuditTrail, [false, false, true]),
            (ReportOnCatalogue, [false, false, true]),
            (ReportOnOthers, [false, false, true]),
        ];
        let (user_id, session_id) = (UserId::parse(1).unwrap(), SessionId::parse(1).unwrap());
        for (action, expected) in table {
            let allowed = Role::ALL
                .map(|role| Caller { user_id, session_id, role }.authorize(action).is_ok());
            assert_eq!(allowed, expected, "{action:?}");
        }
    }
}
