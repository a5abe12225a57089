use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use reelmark_application::ports::{Mail, Mailer, MailerError};

use crate::failure::unavailable;
use crate::sender::{Letter, Sender};

/// Writes mails into files named `*.eml`, which nobody but the owner of the process can read: where
/// somebody tries the service out there is no mail server, and whoever runs it reads the mails.
pub struct FolderMailer {
    folder: PathBuf,
    sender: Sender,
}

impl FolderMailer {
    /// Writes into `folder`, which is made with the first mail.
    pub fn new(folder: impl Into<PathBuf>, sender: Sender) -> Self {
        Self { folder: folder.into(), sender }
    }
}

#[async_trait]
impl Mailer for FolderMailer {
    async fn send(&self, mail: Mail) -> Result<(), MailerError> {
        let letter = self.sender.write(mail)?;
        let folder = self.folder.clone();
        let written = tokio::task::spawn_blocking(move || write(&folder, &letter)).await;
        let path = written.map_err(unavailable)?.map_err(unavailable)?;
        log::info!(path:% = path.display(); "wrote a mail to a file, because there is no mail server");
        Ok(())
    }
}

/// The file appears under its name once it is complete.
fn write(folder: &Path, letter: &Letter) -> io::Result<PathBuf> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let path = folder.join(format!("{}.eml", letter.id));
    let draft = path.with_extension("draft");
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    file.write_all(&letter.message.formatted())?;
    file.sync_all()?;
    fs::rename(&draft, &path)?;
    Ok(path)
}

impl std::fmt::Debug for FolderMailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FolderMailer").field("folder", &self.folder).finish_non_exhaustive()
    }
}
