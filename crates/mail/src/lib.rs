//! Sending mail: through a mail server, or into a folder where somebody tries the service out.
//!
//! - [`SmtpMailer`] hands mails to the server that an address such as `smtps://` names.
//! - [`FolderMailer`] writes them into files that any mail program opens.
#![deny(missing_docs)]

mod failure;
mod folder_mailer;
mod sender;
mod smtp_mailer;

pub use folder_mailer::FolderMailer;
pub use sender::{Sender, SenderError};
pub use smtp_mailer::{SmtpMailer, SmtpUrlError};
