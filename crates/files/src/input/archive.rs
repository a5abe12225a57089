use std::io::{Read, Seek, SeekFrom};

use reelmark_application::ports::{FileFault, ReadSeek};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::{MAX_PERSONAL_BYTES, fault_of};

/// The most entries that an archive may have.
const MAX_ENTRIES: usize = 10_000;
/// The most bytes that one packed byte may stand for, beyond the first [`FREE_BYTES`]. Text comes
/// to about 4 and rarely to 20; deflate can reach 1,032.
const MAX_RATIO: u64 = 200;
const FREE_BYTES: u64 = 1 << 20;

/// The end of the table of contents: its mark, its length without the comment, and where in it the
/// number of entries stands.
const END_MARK: &[u8] = b"PK\x05\x06";
const END_BYTES: u64 = 22;
const MAX_COMMENT_BYTES: u64 = 0xFFFF;
const COUNT_AT: usize = 10;

/// A zip archive that nobody is trusted for. Its files are read into memory, within limits.
pub(crate) struct Archive {
    zip: ZipArchive<Box<dyn ReadSeek>>,
    left_bytes: u64,
}

/// Whether a file begins like an archive, an empty one included.
pub(crate) fn is_archive(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(END_MARK)
}

impl Archive {
    /// Reads the table of contents.
    pub fn open(mut content: Box<dyn ReadSeek>) -> Result<Self, FileFault> {
        check_count(announced_count(&mut content)?)?;
        let zip = ZipArchive::new(content).map_err(zip_fault)?;
        check_count(zip.len())?;
        Ok(Self { zip, left_bytes: MAX_PERSONAL_BYTES })
    }

    /// The names of all entries, as the archive spells them. They are no paths of ours.
    pub fn names(&self) -> Vec<String> {
        let names = self.zip.file_names_raw().map(|name| String::from_utf8(name.to_vec()));
        names.filter_map(Result::ok).collect()
    }

    /// Unpacks the entry of this name.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, FileFault> {
        let index = self.zip.index_for_name_raw(name.as_bytes()).ok_or(FileFault::Damaged)?;
        let file = self.zip.by_index(index).map_err(zip_fault)?;
        let bytes = unpack(file, self.left_bytes)?;
        self.left_bytes -= bytes.len() as u64;
        Ok(bytes)
    }
}

fn unpack<R: Read>(file: ZipFile<'_, R>, left_bytes: u64) -> Result<Vec<u8>, FileFault> {
    let dense = file.compressed_size().saturating_mul(MAX_RATIO).max(FREE_BYTES);
    let mut bytes = vec![];
    file.take(dense.min(left_bytes) + 1).read_to_end(&mut bytes).map_err(fault_of)?;
    match bytes.len() as u64 {
        size if size > left_bytes => Err(FileFault::TooLarge { limit_bytes: MAX_PERSONAL_BYTES }),
        size if size > dense => Err(FileFault::TooDense { limit: MAX_RATIO }),
        _ => Ok(bytes),
    }
}

fn check_count(actual: usize) -> Result<(), FileFault> {
    match actual > MAX_ENTRIES {
        true => Err(FileFault::TooManyEntries { limit: MAX_ENTRIES, actual }),
        false => Ok(()),
    }
}

/// The greatest number of entries that the end of the file announces, read before anything is
/// allocated for them.
fn announced_count(content: &mut Box<dyn ReadSeek>) -> Result<usize, FileFault> {
    let size = content.seek(SeekFrom::End(0)).map_err(fault_of)?;
    let tail_at = size.saturating_sub(END_BYTES + MAX_COMMENT_BYTES);
    content.seek(SeekFrom::Start(tail_at)).map_err(fault_of)?;
    let mut tail = vec![];
    content.take(END_BYTES + MAX_COMMENT_BYTES).read_to_end(&mut tail).map_err(fault_of)?;
    content.rewind().map_err(fault_of)?;
    let ends = tail.windows(COUNT_AT + 2).filter(|window| window.starts_with(END_MARK));
    let counts =
        ends.map(|end| usize::from(u16::from_le_bytes([end[COUNT_AT], end[COUNT_AT + 1]])));
    counts.max().ok_or(FileFault::Truncated)
}

fn zip_fault(error: ZipError) -> FileFault {
    match error {
        ZipError::Io(error) => fault_of(error),
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            FileFault::Encrypted
        }
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            FileFault::Malformed { expected: "zip archive with deflated or stored files" }
        }
        _ => FileFault::Damaged,
    }
}

#[cfg(test)]
mod tests;
