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
#[derive(Debug, Error)]
#[error("must be smtp://HOST, smtp://USER:PASSWORD@HOST or smtps://USER:PASSWORD@HOST")]
pub struct SmtpUrlError;

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
    /// [`SmtpUrlError`] when it is no such address.
    pub fn new(url: &str, sender: Sender) -> Result<Self, SmtpUrlError> {
        let (scheme, rest) = url.split_once("://").ok_or(SmtpUrlError)?;
        let says_how = rest.contains("?tls=");
        let url = match scheme {
            "smtp" if rest.contains('@') && !says_how => format!("{url}?tls=required"),
            _ => url.to_owned(),
        };
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url)
            .map_err(|_| SmtpUrlError)?
            .timeout(Some(STEP_TIMEOUT))
            .build();
        Ok(Self { transport, sender })
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
