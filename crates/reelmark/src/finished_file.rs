use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// A file that is there, under its name, when it is finished and not before. What is in there is
/// for its owner alone.
pub struct FinishedFile {
    path: PathBuf,
    partial: PathBuf,
    file: File,
}

impl FinishedFile {
    pub fn create(path: &Path) -> io::Result<Self> {
        let mut partial = OsString::from(path);
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&partial)?;
        Ok(Self { path: path.to_owned(), partial, file })
    }

    pub fn writer(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// Gives the file its name, in place of what had it before.
    pub fn finish(self) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.partial, &self.path)
    }
}

impl Drop for FinishedFile {
    /// An unfinished file is of no use; a finished one has another name by now.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.partial);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn is_there_when_it_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("movies.csv");
        let file = FinishedFile::create(&path).unwrap();
        file.writer().unwrap().write_all(b"id").unwrap();
        assert!(!path.exists());
        file.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"id");

        drop(FinishedFile::create(&path).unwrap());
        assert_eq!(fs::read(&path).unwrap(), b"id");
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    }
}
