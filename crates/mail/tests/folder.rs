//! The folder keeps the contract of the mailer, and the mails to itself.
#![expect(clippy::unwrap_used, reason = "these are tests")]

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use reelmark_application::ports::{Mail, Mailer, MailerError};
use reelmark_mail::FolderMailer;
use reelmark_testkit::contracts::mailer::MailerAndMailbox;
use support::sender;

async fn fresh_mailer() -> MailerAndMailbox {
    let folder = tempfile::tempdir().unwrap();
    let mails = folder.path().join("new/mails");
    MailerAndMailbox {
        mailer: Arc::new(FolderMailer::new(&mails, sender())),
        mailbox: Box::new(move || texts_in(&mails)),
        guard: Box::new(folder),
    }
}

fn texts_in(folder: &Path) -> Vec<String> {
    let Ok(files) = fs::read_dir(folder) else { return vec![] };
    let files = files.map(|file| file.unwrap().path());
    let mails = files.filter(|path| path.extension().unwrap() == "eml");
    mails.map(|path| fs::read_to_string(path).unwrap()).collect()
}

fn mail() -> Mail {
    Mail { to: "ada@example.org".into(), subject: "Hello".into(), text: "Hello.\n".into() }
}

#[tokio::test]
async fn nobody_else_can_read_the_mails_and_nothing_else_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let mails = folder.path().join("mails");
    FolderMailer::new(&mails, sender()).send(mail()).await.unwrap();

    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let files: Vec<_> = fs::read_dir(&mails).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files, [mails.join("0.eml")]);
    assert_eq!((mode(&mails), mode(&files[0])), (0o700, 0o600));
}

#[tokio::test]
async fn a_folder_that_can_not_be_made_may_be_there_later() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let mailer = FolderMailer::new(file.path().join("mails"), sender());
    let error = mailer.send(mail()).await.unwrap_err();
    assert!(matches!(error, MailerError::Unavailable(_)), "{error:?}");
}

reelmark_testkit::mailer_contracts!(fresh_mailer);
