use std::io::{BufReader, Cursor, Read};

use flate2::bufread::MultiGzDecoder;
use reelmark_application::ports::FileFault;

use super::capped::Capped;
use super::fault_of;

/// How much of a file is looked at before it is read.
const HEAD_BYTES: u64 = 64 * 1024;

const GZIP: &[u8] = &[0x1F, 0x8B];
const UTF8_MARK: &[u8] = &[0xEF, 0xBB, 0xBF];
const UTF16_MARKS: [&[u8]; 2] = [&[0xFF, 0xFE], &[0xFE, 0xFF]];

type Content = Box<dyn Read + Send>;

/// A file that holds text, unpacked, without its byte-order mark.
pub(crate) struct Text {
    head: Vec<u8>,
    rest: Content,
}

impl Text {
    /// Unpacks gzip and looks at the beginning.
    pub fn open(content: Content) -> Result<Self, FileFault> {
        let (head, rest) = unpacked(content)?;
        Self::of(head, rest)
    }

    /// The same with so many bytes at most, unpacked.
    pub fn open_within(content: Content, limit_bytes: u64) -> Result<Self, FileFault> {
        let (head, rest) = unpacked(content)?;
        let (head, rest) =
            split(Box::new(Capped::new(Cursor::new(head).chain(rest), limit_bytes)))?;
        Self::of(head, rest)
    }

    fn of(mut head: Vec<u8>, rest: Content) -> Result<Self, FileFault> {
        check(&head)?;
        if head.starts_with(UTF8_MARK) {
            head.drain(..UTF8_MARK.len());
        }
        Ok(Self { head, rest })
    }

    /// The first bytes.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// All of it, from its beginning.
    pub fn into_reader(self) -> Content {
        Box::new(Cursor::new(self.head).chain(self.rest))
    }
}

fn unpacked(content: Content) -> Result<(Vec<u8>, Content), FileFault> {
    let (head, rest) = split(content)?;
    if !head.starts_with(GZIP) {
        return Ok((head, rest));
    }
    let packed = BufReader::new(Cursor::new(head).chain(rest));
    split(Box::new(MultiGzDecoder::new(packed)))
}

fn split(mut content: Content) -> Result<(Vec<u8>, Content), FileFault> {
    let mut head = vec![];
    content.by_ref().take(HEAD_BYTES).read_to_end(&mut head).map_err(fault_of)?;
    Ok((head, content))
}

fn check(head: &[u8]) -> Result<(), FileFault> {
    if head.trim_ascii().is_empty() || head == UTF8_MARK {
        return Err(FileFault::Empty);
    }
    if UTF16_MARKS.iter().any(|mark| head.starts_with(mark)) {
        return Err(FileFault::Utf16);
    }
    if is_binary(head) { Err(FileFault::Binary) } else { Ok(()) }
}

/// A text has neither NUL nor many control characters.
fn is_binary(head: &[u8]) -> bool {
    let controls = head.iter().filter(|b| b.is_ascii_control() && !b.is_ascii_whitespace());
    head.contains(&0) || head.starts_with(b"%PDF-") || controls.count() * 10 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::{self, Write};

    fn read(bytes: Vec<u8>) -> Result<Vec<u8>, FileFault> {
        let mut all = vec![];
        let mut reader = Text::open(Box::new(Cursor::new(bytes)))?.into_reader();
        reader.read_to_end(&mut all).map_err(fault_of)?;
        Ok(all)
    }

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(vec![], Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn reads_text_packed_or_not_without_its_mark() {
        assert_eq!(read(b"\xEF\xBB\xBFa,b\n".to_vec()).unwrap(), b"a,b\n");
        assert_eq!(read(packed(b"\xEF\xBB\xBFa,b\n")).unwrap(), b"a,b\n");
        // Programs that pack in parallel write several members.
        assert_eq!(read([packed(b"a,b\n"), packed(b"1,2\n")].concat()).unwrap(), b"a,b\n1,2\n");
    }

    #[test]
    fn says_that_a_packed_file_was_cut_off() {
        let whole = packed(&b"some text\n".repeat(50_000));
        for end in [1, 5, whole.len() / 2, whole.len() - 1] {
            let fault = read(whole[..end].to_vec()).unwrap_err();
            let expected = if end == 1 { "binary" } else { "truncated" };
            assert!(fault.code() == expected || end == 1, "{end}: {fault}");
        }
    }

    #[test]
    fn packed_or_not_a_text_may_be_bounded() {
        let text = b"some text\n".repeat(50_000);
        for bytes in [text.clone(), packed(&text)] {
            let read = |limit| -> Result<usize, FileFault> {
                let text = Text::open_within(Box::new(Cursor::new(bytes.clone())), limit)?;
                let mut all = vec![];
                text.into_reader().read_to_end(&mut all).map_err(fault_of)
            };
            assert_eq!(read(500_000).unwrap(), 500_000);
            assert_eq!(read(499_999).unwrap_err().code(), "too_large");
            assert_eq!(read(9).unwrap_err().code(), "too_large");
        }
    }

    #[test]
    fn says_that_a_packed_file_is_damaged() {
        let mut whole = packed(&b"some text\n".repeat(50_000));
        let middle = whole.len() / 2;
        whole[middle..middle + 8].fill(0xFF);
        assert_eq!(read(whole).unwrap_err().code(), "damaged");
    }

    #[test]
    fn says_what_is_no_text() {
        let files: [(&[u8], &str); 6] = [
            (b"", "empty"),
            (b" \r\n\n", "empty"),
            (b"\xEF\xBB\xBF", "empty"),
            (b"\xFF\xFEa\0,\0b\0", "utf16"),
            (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "binary"),
            (b"%PDF-1.7 \xE2\xE3", "binary"),
        ];
        for (bytes, code) in files {
            assert_eq!(read(bytes.to_vec()).unwrap_err().code(), code, "{bytes:?}");
        }
    }

    #[test]
    fn passes_on_what_the_disk_says() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::from(io::ErrorKind::PermissionDenied))
            }
        }
        let fault = Text::open(Box::new(Broken)).map(|_| ()).unwrap_err();
        assert_eq!(fault.code(), "unreadable");
    }
}
