use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::time::SystemTime;

use reelmark_application::ports::FileFault;
use sha2::{Digest, Sha256};

/// How much of the beginning and of the end of a file tells it from others.
const TELLING: u64 = 1 << 16;

/// A file on disk that may not change while it is read: at its end its length and the time of its
/// last change are what they were at the beginning, or reading fails with
/// [`FileFault::Changed`], as an error that the readers here know.
#[derive(Debug)]
pub struct SteadyFile {
    file: File,
    at_first: State,
}

type State = (u64, Option<SystemTime>);

impl SteadyFile {
    /// Opens a file to read it.
    ///
    /// # Errors
    /// Whatever the operating system says.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let at_first = state(&file.metadata()?);
        Ok(Self { file, at_first })
    }

    /// What tells this state of a file from any other: its length, the time of its last change, and
    /// what it begins and ends with; in hexadecimal digits.
    ///
    /// # Errors
    /// Whatever the operating system says.
    pub fn fingerprint(path: &Path) -> io::Result<String> {
        let mut file = File::open(path)?;
        let (length, changed) = state(&file.metadata()?);
        let mut digest = Sha256::new();
        digest.update(format!("{length} {changed:?} "));
        let mut part = Vec::new();
        (&file).take(TELLING).read_to_end(&mut part)?;
        file.seek(SeekFrom::Start(length.saturating_sub(TELLING)))?;
        (&file).take(TELLING).read_to_end(&mut part)?;
        digest.update(&part);
        Ok(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Its length in bytes when it was opened.
    pub fn length(&self) -> u64 {
        self.at_first.0
    }
}

impl Read for SteadyFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        let is_at_end = read == 0 && !buffer.is_empty();
        if is_at_end && state(&self.file.metadata()?) != self.at_first {
            return Err(io::Error::other(FileFault::Changed));
        }
        Ok(read)
    }
}

fn state(metadata: &Metadata) -> State {
    // Not every file system knows when a file was changed.
    (metadata.len(), metadata.modified().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::fault_of;
    use std::io::Write;

    #[test]
    fn another_state_has_another_fingerprint() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"1,2\n").unwrap();
        let print = || SteadyFile::fingerprint(file.path()).unwrap();
        let first = print();
        assert_eq!(print(), first);
        assert_eq!(first.len(), 64);
        std::fs::write(file.path(), "1,3\n").unwrap();
        assert_ne!(print(), first);
    }

    #[test]
    fn says_that_the_file_was_changed() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"1,2\n").unwrap();
        let mut text = String::new();
        let mut steady = SteadyFile::open(file.path()).unwrap();
        assert_eq!(steady.length(), 4);
        steady.read_to_string(&mut text).unwrap();
        assert_eq!(text, "1,2\n");

        let mut changing = SteadyFile::open(file.path()).unwrap();
        file.write_all(b"3,4\n").unwrap();
        let error = changing.read_to_string(&mut text).unwrap_err();
        assert_eq!(fault_of(error).code(), "changed");
    }
}
