use std::io::{self, Read};

use reelmark_application::ports::FileFault;

/// Ends reading behind so many bytes, since few packed ones can stand for many.
pub(super) struct Capped<R> {
    inner: R,
    limit_bytes: u64,
    left: u64,
}

impl<R> Capped<R> {
    pub fn new(inner: R, limit_bytes: u64) -> Self {
        Self { inner, limit_bytes, left: limit_bytes }
    }
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let limit_bytes = self.limit_bytes;
        let too_large = || io::Error::other(FileFault::TooLarge { limit_bytes });
        self.left = self.left.checked_sub(read as u64).ok_or_else(too_large)?;
        Ok(read)
    }
}
