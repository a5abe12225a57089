use std::sync::Arc;

use reelmark_application::ports::{Clock, IdGenerator, Mailer};
use reelmark_mail::{FolderMailer, Sender, SmtpMailer};
use secrecy::ExposeSecret;

use crate::config::{MailConfig, MailRoute};
use crate::failure::{Failure, OrFail};

/// What sends the mails. A mail server is asked for when there is something to send: the service
/// works without it, and mails wait.
pub fn mailer(
    config: &MailConfig,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
) -> Result<Arc<dyn Mailer>, Failure> {
    let sender = Sender::new(&config.from, clock, ids);
    let sender = sender.or_fail("MAIL_FROM (--mail-from) can't be used")?;
    Ok(match &config.route {
        MailRoute::Server { url } => {
            let mailer = SmtpMailer::new(url.expose_secret(), sender);
            Arc::new(mailer.or_fail("SMTP_URL (--smtp-url) can't be used")?)
        }
        MailRoute::Folder(folder) => Arc::new(FolderMailer::new(folder, sender)),
    })
}
