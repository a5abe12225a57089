use reelmark_domain::{CodePurpose, Secret, User};

use crate::ports::Mail;

/// The mail that brings a code. The code stands on a line of its own, so that it can be copied.
pub(super) fn mail_of(purpose: CodePurpose, user: &User, code: &Secret) -> Mail {
    let (username, code) = (user.username(), code.expose());
    let (subject, text) = match purpose {
        CodePurpose::Activation => (
            "Activate your Reelmark account",
            format!(
                "Hello {username},\n\nwelcome to Reelmark. This code activates your \
                 account:\n\n{code}\n\nIt is good for 24 hours. If you did not sign up, ignore \
                 this mail.\n"
            ),
        ),
        CodePurpose::PasswordReset => (
            "Set a new Reelmark password",
            format!(
                "Hello {username},\n\nsomebody, probably you, wants to set a new password for \
                 your Reelmark account. This\ncode does it:\n\n{code}\n\nIt is good for one hour \
                 and can be used once. If it was not you, ignore this mail: your\npassword stays \
                 as it is.\n"
            ),
        ),
    };
    Mail { to: user.email().to_string(), subject: subject.to_owned(), text }
}
