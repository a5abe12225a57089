use reelmark_domain::ValueError;

/// Declares what can happen, with its stable name.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $name:literal)*) => {
        /// What happened.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum AuditKind { $($(#[$doc])* $kind),* }

        impl AuditKind {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// The stable name, as it is stored and shown.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$kind => $name),* }
            }
        }
    };
}

kinds! {
    /// Somebody gave the right password.
    SignedIn "signed_in"
    /// Somebody gave a wrong password, or a login that nobody has.
    SignInFailed "sign_in_failed"
    /// Somebody ended their own session.
    SignedOut "signed_out"
    /// Somebody ended one of their sessions by its place in the list.
    SessionEnded "session_ended"
    /// A refresh token was used twice, so that its session was ended.
    TokenReuseDetected "token_reuse_detected"
    /// An account was made.
    SignedUp "signed_up"
    /// An e-mail address was confirmed.
    Activated "activated"
    /// Somebody changed their password.
    PasswordChanged "password_changed"
    /// A forgotten password was replaced.
    PasswordReset "password_reset"
    /// Somebody got a role.
    RoleChanged "role_changed"
    /// An account was closed to its owner.
    AccountDisabled "account_disabled"
    /// A closed account was opened again.
    AccountEnabled "account_enabled"
    /// An account was deleted.
    AccountDeleted "account_deleted"
}

impl AuditKind {
    /// Reads a name.
    ///
    /// # Errors
    /// [`ValueError::Malformed`] for any other text.
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        let found = Self::ALL.iter().find(|kind| kind.as_str() == raw);
        found.copied().ok_or(ValueError::Malformed { expected: "one of the kinds of events" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back() {
        for kind in AuditKind::ALL {
            assert_eq!(AuditKind::parse(kind.as_str()), Ok(*kind));
        }
        assert!(AuditKind::parse("SIGNED_IN").is_err());
    }
}
