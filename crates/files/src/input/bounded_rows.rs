use std::io::{self, Read};

use reelmark_application::ports::FileFault;

/// Ends reading when a row doesn't end, so that a file without line breaks, or with a quote left
/// open, never fills the memory.
pub(crate) struct BoundedRows<R> {
    inner: R,
    limit_bytes: usize,
    left: usize,
    is_at_end: bool,
}

impl<R> BoundedRows<R> {
    /// Lets every row have `limit_bytes`, and what a buffer in front of it reads ahead.
    pub fn new(inner: R, limit_bytes: usize) -> Self {
        Self { inner, limit_bytes, left: limit_bytes, is_at_end: false }
    }

    /// Whether the end was read, and not just the last byte before it.
    pub fn is_at_end(&self) -> bool {
        self.is_at_end
    }

    /// A new row begins.
    pub fn begin_row(&mut self) {
        self.left = self.limit_bytes;
    }
}

impl<R: Read> Read for BoundedRows<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            let limit_bytes = self.limit_bytes;
            return Err(io::Error::other(FileFault::RowTooLong { limit_bytes }));
        }
        let wanted = buffer.len().min(self.left);
        let read = self.inner.read(&mut buffer[..wanted])?;
        self.left -= read;
        self.is_at_end = read == 0;
        Ok(read)
    }
}
