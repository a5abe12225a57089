use std::time::Duration;

use async_trait::async_trait;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use reelmark_application::ports::{Mail, Mailer, MailerError};
use thiserror::Error;
use tokio::time::timeout;

use crate::failure::{of_smtp, unavailable};
use crate::sender::Sender;

/// How long the server may take for one step.
const STEP_TIMEOUT: Duration = Duration::from_secs(10);

/// How long it may take for a whole mail.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The address of the mail server can't be used. It isn't repeated, because a password may stand in
/// it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SmtpUrlError {
    /// It is no address of a mail server.
    #[error("must be smtp://HOST, smtp://USER:PASSWORD@HOST or smtps://USER:PASSWORD@HOST")]
    Malformed,
    /// Whoever stands between could have the password sent in clear.
    #[error("has a password, so that nothing but ?tls=required may follow the host")]
    PasswordInClear,
}

/// Sends mails through an SMTP server, each over a connection of its own: servers close idle ones at
/// times of their choice, and mails are few.
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Sender,
}

impl SmtpMailer {
    /// Sends through the server at `url`; connects when there is something to send.
    ///
    /// `smtps://` encrypts from the start, on port 465. `smtp://` speaks in clear, on port 25,
    /// unless `?tls=required` or `?tls=opportunistic` is added, which encrypt on port 587; with a
    /// user and a password encryption is always required.
    ///
    /// # Errors
    /// [`SmtpUrlError`] when it is no such address, or would send a password in clear.
    pub fn new(url: &str, sender: Sender) -> Result<Self, SmtpUrlError> {
        let url = guarded(url)?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url)
            .map_err(|_| SmtpUrlError::Malformed)?
            .timeout(Some(STEP_TIMEOUT))
            .build();
        Ok(Self { transport, sender })
    }
}

/// The address with encryption required where there is a password. "Opportunistic" would leave it to
/// the network whether there is any.
fn guarded(url: &str) -> Result<String, SmtpUrlError> {
    let has_password = url.contains('@');
    match (url.split_once("://"), url.split_once('?')) {
        (Some(("smtps", _)), _) => Ok(url.to_owned()),
        (Some(("smtp", _)), _) if !has_password => Ok(url.to_owned()),
        // What follows a # would be no part of the parameters.
        (Some(("smtp", _)), _) if url.contains('#') => Err(SmtpUrlError::PasswordInClear),
        (Some(("smtp", _)), None) => Ok(format!("{url}?tls=required")),
        (Some(("smtp", _)), Some((_, "tls=required"))) => Ok(url.to_owned()),
        (Some(("smtp", _)), _) => Err(SmtpUrlError::PasswordInClear),
        _ => Err(SmtpUrlError::Malformed),
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: Mail) -> Result<(), MailerError> {
        let letter = self.sender.write(mail)?;
        let sending = timeout(TIMEOUT, self.transport.send(letter.message));
        match sending.await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(of_smtp(&error)),
            Err(_) => Err(unavailable("the mail server took too long")),
        }
    }
}

impl std::fmt::Debug for SmtpMailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SmtpMailer(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_sent_in_clear() {
        let required = "smtp://ada:pw@mail.example.org?tls=required";
        for url in ["smtp://ada:pw@mail.example.org", required] {
            assert_eq!(guarded(url), Ok(required.to_owned()));
        }
        for rest in [
            "?tls=opportunistic",
            "?tls=",
            "?",
            "?x=1",
            "?tls=required&tls=",
            "#",
            "#?tls=required",
        ] {
            let url = format!("smtp://ada:pw@mail.example.org{rest}");
            assert_eq!(guarded(&url), Err(SmtpUrlError::PasswordInClear), "{rest}");
        }
    }

    #[test]
    fn without_a_password_or_with_tls_from_the_start_anything_goes() {
        for url in ["smtp://localhost", "smtp://mail?tls=opportunistic", "smtps://ada:pw@mail"] {
            assert_eq!(guarded(url), Ok(url.to_owned()));
        }
        for url in ["SMTP://ada:pw@mail", "http://ada:pw@mail", "ada:pw@mail", ""] {
            assert_eq!(guarded(url), Err(SmtpUrlError::Malformed), "{url}");
        }
    }
}
