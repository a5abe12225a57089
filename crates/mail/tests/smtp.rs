//! The mail server's client keeps the contract of the mailer, and tells failures apart.
#![expect(clippy::unwrap_used, reason = "these are tests")]

mod support;

use std::error::Error;
use std::sync::Arc;

use reelmark_application::ports::{Mail, Mailer, MailerError};
use reelmark_mail::{Sender, SmtpMailer};
use reelmark_testkit::contracts::mailer::MailerAndMailbox;
use reelmark_testkit::servers::SmtpPeer;
use support::sender;

async fn fresh_mailer() -> MailerAndMailbox {
    let peer = SmtpPeer::start();
    MailerAndMailbox {
        mailer: Arc::new(mailer(&peer.url())),
        mailbox: Box::new(move || peer.mails()),
        guard: Box::new(()),
    }
}

fn mailer(url: &str) -> SmtpMailer {
    SmtpMailer::new(url, sender()).unwrap()
}

fn mail() -> Mail {
    Mail { to: "ada@example.org".into(), subject: "Hello".into(), text: "Hello.\n".into() }
}

/// Whether it may go better later, and what the log is told.
async fn failure(mailer: &SmtpMailer) -> (bool, String) {
    let error = mailer.send(mail()).await.unwrap_err();
    let told = format!("{error}: {}", error.source().unwrap());
    (matches!(error, MailerError::Unavailable(_)), told)
}

#[tokio::test]
async fn tells_for_now_from_for_ever_without_naming_the_recipient() {
    let peer = SmtpPeer::start();
    let mailer = mailer(&peer.url());
    for (line, may_go_better) in [
        ("450 ada@example.org is busy", true),
        ("421 ada@example.org should try later", true),
        ("550 ada@example.org lives elsewhere", false),
        ("535 who are you", true),
    ] {
        peer.answer_recipients(Some(line));
        let (is_unavailable, told) = failure(&mailer).await;
        assert_eq!(is_unavailable, may_go_better, "{line}");
        assert!(told.contains(&line[..3]) && !told.contains("ada@"), "{told}");
    }
    peer.answer_recipients(None);
    mailer.send(mail()).await.unwrap();
    assert_eq!(peer.mails().len(), 1);
}

#[tokio::test]
async fn a_server_that_is_away_may_be_there_later() {
    let (is_unavailable, told) = failure(&mailer("smtp://127.0.0.1:1")).await;
    assert!(is_unavailable && told.contains("can't be reached"), "{told}");
}

#[tokio::test]
async fn never_tells_a_password_to_a_server_that_does_not_encrypt() {
    let peer = SmtpPeer::start();
    let url = peer.url().replace("://", "://ada:secret@");
    let (is_unavailable, _) = failure(&mailer(&url)).await;
    assert!(is_unavailable && peer.mails().is_empty());
}

#[test]
fn refuses_other_addresses_of_servers_without_repeating_them() {
    for url in ["http://mail.example", "mail.example", "smtp://", "smtp://a:hunter2@b?tls=maybe"] {
        let error = SmtpMailer::new(url, sender()).unwrap_err();
        assert!(!error.to_string().contains("hunter2"), "{url}");
    }
    assert!(!format!("{:?}", mailer("smtps://ada:hunter2@mail.example")).contains("hunter2"));
}

#[test]
fn refuses_a_sender_that_is_no_address() {
    let new = |from: &str| {
        let clock = Arc::new(reelmark_testkit::FixedClock::at(reelmark_testkit::builders::NOON));
        Sender::new(from, clock, Arc::new(NoIds))
    };
    assert!(new("no-reply@reelmark.example").is_ok());
    assert!(new("Reelmark").is_err() && new("").is_err());
}

struct NoIds;

impl reelmark_application::ports::IdGenerator for NoIds {
    fn new_id(&self) -> String {
        String::new()
    }
}

reelmark_testkit::mailer_contracts!(fresh_mailer);
