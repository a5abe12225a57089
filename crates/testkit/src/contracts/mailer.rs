//! The contracts of `Mailer`.

use std::any::Any;
use std::sync::Arc;

use reelmark_application::ports::{Mail, Mailer, MailerError};

/// What every contract is given: a mailer, and all the mails that it has sent so far.
pub struct MailerAndMailbox {
    pub mailer: Arc<dyn Mailer>,
    pub mailbox: Box<dyn Fn() -> Vec<String> + Send + Sync>,
    /// Whatever must live as long as the mailbox. Dropped last.
    pub guard: Box<dyn Any + Send + Sync>,
}

fn mail() -> Mail {
    Mail {
        to: "ada@example.org".into(),
        subject: "Welcome".into(),
        text: "Dear Ada,\n\nyour code: 0123456789\n".into(),
    }
}

impl MailerAndMailbox {
    /// The one mail there is, head and body, after this one was sent.
    async fn send(&self, mail: Mail) -> (String, String) {
        self.mailer.send(mail).await.unwrap();
        let mails = (self.mailbox)();
        assert_eq!(mails.len(), 1, "{mails:?}");
        let (head, body) = mails[0].split_once("\r\n\r\n").expect("a mail has a head and a body");
        (head.to_owned(), body.to_owned())
    }
}

/// The value of a header that stands on one line.
fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

pub async fn sends_recipient_subject_and_text(mails: MailerAndMailbox) {
    let (head, body) = mails.send(mail()).await;
    assert_eq!(header(&head, "To"), Some("ada@example.org"));
    assert_eq!(header(&head, "Subject"), Some("Welcome"));
    assert!(body.lines().any(|line| line == "your code: 0123456789"), "{body}");
}

pub async fn says_when_from_whom_and_that_a_machine_sent_it(mails: MailerAndMailbox) {
    let (head, _) = mails.send(mail()).await;
    for name in ["Date", "From", "Message-ID"] {
        assert!(header(&head, name).is_some_and(|value| !value.is_empty()), "{name}: {head}");
    }
    assert_eq!(header(&head, "Auto-Submitted"), Some("auto-generated"));
}

pub async fn a_subject_adds_no_header(mails: MailerAndMailbox) {
    let subject = "Welcome\r\nBcc: eve@example.org\r\n\r\nhello".into();
    match mails.mailer.send(Mail { subject, ..mail() }).await {
        Ok(()) => {
            let sent = (mails.mailbox)().join("");
            let (head, _) = sent.split_once("\r\n\r\n").unwrap();
            assert_eq!(header(head, "Bcc"), None, "{head}");
        }
        Err(error) => assert!(matches!(error, MailerError::Refused(_)), "{error:?}"),
    }
}

pub async fn takes_every_language(mails: MailerAndMailbox) {
    let mail = Mail { subject: "Grüße".into(), text: "Привет, Ада\n".into(), ..mail() };
    let (head, _) = mails.send(mail).await;
    assert!(header(&head, "Subject").is_some_and(|subject| subject.is_ascii()), "{head}");
    assert!(header(&head, "Content-Type").is_some_and(|kind| kind.contains("utf-8")), "{head}");
}

pub async fn a_line_with_a_dot_does_not_end_the_mail(mails: MailerAndMailbox) {
    let mail = Mail { text: "before\n.\n..after\n".into(), ..mail() };
    let (_, body) = mails.send(mail).await;
    assert_eq!(body.lines().collect::<Vec<_>>(), ["before", ".", "..after"]);
}

pub async fn refuses_what_is_no_address(mails: MailerAndMailbox) {
    for to in ["", "ada", "ada@", "ada@example.org, eve@example.org", "a b@example.org"] {
        let sent = mails.mailer.send(Mail { to: to.into(), ..mail() }).await;
        assert!(matches!(sent, Err(MailerError::Refused(_))), "{to}");
    }
    assert!((mails.mailbox)().is_empty());
}

pub async fn every_mail_of_many_at_once_arrives(mails: MailerAndMailbox) {
    let mut sending = Vec::new();
    for number in 0..10 {
        let mailer = mails.mailer.clone();
        let mail = Mail { text: format!("number {number}.\n"), ..mail() };
        sending.push(tokio::spawn(async move { mailer.send(mail).await }));
    }
    for sent in sending {
        sent.await.unwrap().unwrap();
    }
    let arrived = (mails.mailbox)();
    assert_eq!(arrived.len(), 10);
    for number in 0..10 {
        let line = format!("number {number}.");
        assert!(arrived.iter().any(|mail| mail.contains(&line)), "{line}");
    }
}

/// Declares one test per contract of `Mailer`.
///
/// `$fresh` is an `async fn() -> MailerAndMailbox`.
#[macro_export]
macro_rules! mailer_contracts {
    ($fresh:ident) => {
        $crate::contract_tests! { mailer, $fresh,
            sends_recipient_subject_and_text,
            says_when_from_whom_and_that_a_machine_sent_it,
            a_subject_adds_no_header,
            takes_every_language,
            a_line_with_a_dot_does_not_end_the_mail,
            refuses_what_is_no_address,
            every_mail_of_many_at_once_arrives,
        }
    };
}
