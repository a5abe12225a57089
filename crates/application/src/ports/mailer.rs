use async_trait::async_trait;
use thiserror::Error;

use super::Cause;

/// A mail to one person. It has no debug output, because codes and addresses stand in it.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// The address of the recipient, and nothing else.
    pub to: String,
    pub subject: String,
    /// Plain text in lines.
    pub text: String,
}

/// Why a mail was not sent. The causes MUST NOT name the recipient or repeat the text.
#[derive(Debug, Error)]
pub enum MailerError {
    /// Nothing can be sent at the moment, or not to this recipient; trying again later may help.
    /// Whether the mail was sent is unknown.
    #[error("mails can't be sent at the moment")]
    Unavailable(#[source] Cause),
    /// This mail will never be accepted.
    #[error("the mail was refused")]
    Refused(#[source] Cause),
}

/// Sends mails.
///
/// Adapters MUST NOT log the recipient, the subject or the text, and MUST return within a minute
/// however slow their server is.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands a mail over to whoever delivers it.
    ///
    /// MUST return `Ok` only when a crash of this process can't lose the mail any more. MUST send
    /// texts in every language, and MUST NOT let a subject or a text add headers or recipients.
    async fn send(&self, mail: Mail) -> Result<(), MailerError>;
}
