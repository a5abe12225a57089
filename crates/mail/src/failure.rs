use std::error::Error;
use std::io;

use lettre::transport::smtp;
use reelmark_application::ports::{Cause, MailerError};

/// Replies that refuse this service and not the mail: it has to prove who it is, or could not
/// (RFC 4954 §6). They go away when an operator mends the settings.
const REFUSES_US: [u16; 4] = [530, 534, 535, 538];

/// The address or the text can't be written as a mail.
pub(crate) fn unsendable() -> MailerError {
    MailerError::Refused("it can't be written as a mail".into())
}

/// What a server's failure means. Its own words are left out: they often repeat the address.
pub(crate) fn of_smtp(error: &smtp::Error) -> MailerError {
    match error.status().map(u16::from) {
        Some(status) if error.is_permanent() && !REFUSES_US.contains(&status) => {
            MailerError::Refused(format!("the mail server answered {status}").into())
        }
        Some(status) => unavailable(format!("the mail server answered {status}")),
        None if error.is_timeout() => unavailable("the mail server took too long".to_owned()),
        // Such as encryption, for a password, or addresses in other scripts.
        None if error.is_client() => {
            unavailable("the mail server can't do what is needed".to_owned())
        }
        None => unavailable(match io_kind(error) {
            Some(kind) => format!("the mail server can't be reached: {kind}"),
            None => "the mail server can't be reached".to_owned(),
        }),
    }
}

pub(crate) fn unavailable(cause: impl Into<Cause>) -> MailerError {
    MailerError::Unavailable(cause.into())
}

fn io_kind(error: &smtp::Error) -> Option<io::ErrorKind> {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return Some(error.kind());
        }
        cause = error.source();
    }
    None
}
