use time::Duration;

use crate::ValueError;

/// What a code is for that somebody gets by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CodePurpose {
    /// To prove that the address of a new account is theirs.
    Activation,
    /// To set a new password without the old one.
    PasswordReset,
}

impl CodePurpose {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Activation, Self::PasswordReset];

    /// Reads a purpose's name.
    ///
    /// # Errors
    /// [`ValueError::Malformed`] for anything but `activation` and `password_reset`.
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        Self::ALL
            .into_iter()
            .find(|purpose| purpose.as_str() == raw)
            .ok_or(ValueError::Malformed { expected: "one of activation, password_reset" })
    }

    /// The purpose's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Activation => "activation",
            Self::PasswordReset => "password_reset",
        }
    }

    /// How long a code is good. What opens an account that is in use is good for less long.
    pub fn lifetime(self) -> Duration {
        match self {
            Self::Activation => Duration::hours(24),
            Self::PasswordReset => Duration::hours(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_and_no_others() {
        let mut all = CodePurpose::ALL.iter();
        assert!(all.all(|purpose| CodePurpose::parse(purpose.as_str()) == Ok(*purpose)));
        assert!(CodePurpose::parse("Activation").is_err());
    }
}
