//! The mails that a service has sent, wherever it sends them.

use std::fs;
use std::path::Path;

use reelmark_testkit::servers::SmtpPeer;

use super::{TestApp, secrets, wait_for};

/// Where the mails of a service arrive.
pub enum Mailbox {
    /// In the folder of a service without a mail server.
    Folder(TestApp),
    Server(SmtpPeer),
}

impl Mailbox {
    /// All mails to this address, in no particular order.
    pub fn mails_to(&self, address: &str) -> Vec<String> {
        let line = format!("To: {}", address.to_lowercase());
        let mails = match self {
            Self::Folder(app) => texts_in(&app.launch().data_dir().join("mail")),
            Self::Server(peer) => peer.mails(),
        };
        mails.into_iter().filter(|mail| mail.lines().any(|found| found == line)).collect()
    }

    /// The code in the mail to this address that is none of those known before, once it is there.
    #[track_caller]
    pub fn new_code(&self, address: &str, known: &[&str]) -> String {
        let code = wait_for("a mail with a code", || {
            let codes = self.mails_to(address).iter().filter_map(|mail| code_in(mail)).collect();
            let mut codes: Vec<String> = codes;
            codes.retain(|code| !known.contains(&code.as_str()));
            codes.pop()
        });
        secrets::remember(&code);
        code
    }
}

/// The codes in all mails in this folder.
pub fn codes_in(folder: &Path) -> Vec<String> {
    texts_in(folder).iter().filter_map(|mail| code_in(mail)).collect()
}

fn texts_in(folder: &Path) -> Vec<String> {
    let Ok(files) = fs::read_dir(folder) else { return vec![] };
    let paths = files.map(|file| file.expect("the folder should be readable").path());
    let mails = paths.filter(|path| path.extension().is_some_and(|kind| kind == "eml"));
    mails.map(|path| fs::read_to_string(path).expect("a mail is text")).collect()
}

/// The line that is a secret of 256 bits and nothing else.
fn code_in(mail: &str) -> Option<String> {
    let is_code = |line: &&str| {
        line.len() == 43 && line.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    };
    mail.lines().find(is_code).map(str::to_owned)
}
