use std::sync::Arc;

use lettre::Message;
use lettre::message::Mailbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use reelmark_application::ports::{Clock, IdGenerator, Mail, MailerError};
use thiserror::Error;

use crate::failure::unsendable;

/// Machines answer no mail that says it was sent by one (RFC 3834).
const AUTO_SUBMITTED: HeaderName = HeaderName::new_from_ascii_str("Auto-Submitted");

/// The address that mails come from is none.
#[derive(Debug, Error)]
#[error("must be an address such as Reelmark <no-reply@example.org>")]
pub struct SenderError;

/// Who sends the mails, and what makes each of them a mail of its own.
#[derive(Clone)]
pub struct Sender {
    from: Mailbox,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
}

/// A mail as it travels, and the id it is known by.
pub(crate) struct Letter {
    pub(crate) id: String,
    pub(crate) message: Message,
}

impl Sender {
    /// Sends from an address, with or without a name in front of it.
    ///
    /// # Errors
    /// [`SenderError`] when it is no address.
    pub fn new(
        from: &str,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdGenerator>,
    ) -> Result<Self, SenderError> {
        let from = from.parse().map_err(|_| SenderError)?;
        Ok(Self { from, clock, ids })
    }

    /// The mail as it travels (RFC 5322): texts that don't fit into a header or a line are encoded,
    /// so that no text can add a header.
    pub(crate) fn write(&self, mail: Mail) -> Result<Letter, MailerError> {
        let to = mail.to.parse().map_err(|_| unsendable())?;
        let id = self.ids.new_id();
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(mail.subject)
            .date(self.clock.now().into())
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .raw_header(HeaderValue::new(AUTO_SUBMITTED, "auto-generated".to_owned()))
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text)
            .map_err(|_| unsendable())?;
        Ok(Letter { id, message })
    }
}
