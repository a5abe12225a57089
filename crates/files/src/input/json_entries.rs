use std::io::{BufReader, Bytes, Read};

use reelmark_application::ports::FileFault;

use super::{MAX_ROW_BYTES, fault_of};

/// Cuts a JSON array into the texts of its entries without holding more than one of them. What an
/// entry holds is for its parser to judge; here only strings and brackets count.
pub(crate) struct JsonEntries<R: Read> {
    bytes: Bytes<BufReader<R>>,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    Within,
    Done,
}

/// Where within an entry the last byte stands.
#[derive(Default)]
struct Nesting {
    depth: usize,
    in_string: bool,
    is_escaped: bool,
}

impl<R: Read> JsonEntries<R> {
    pub fn new(content: R) -> Self {
        Self { bytes: BufReader::new(content).bytes(), state: State::Before }
    }

    fn byte(&mut self) -> Result<Option<u8>, FileFault> {
        self.bytes.next().transpose().map_err(fault_of)
    }

    fn next_entry(&mut self) -> Result<Option<Vec<u8>>, FileFault> {
        if self.state == State::Before {
            self.open()?;
        }
        let (mut entry, mut nesting) = (vec![], Nesting::default());
        loop {
            let byte = self.byte()?.ok_or(FileFault::Truncated)?;
            if nesting.is_outside() && matches!(byte, b',' | b']') {
                return self.close(byte, entry);
            }
            if entry.len() == MAX_ROW_BYTES {
                return Err(FileFault::RowTooLong { limit_bytes: MAX_ROW_BYTES });
            }
            nesting.pass(byte);
            entry.push(byte);
        }
    }

    fn open(&mut self) -> Result<(), FileFault> {
        self.state = State::Within;
        loop {
            match self.byte()? {
                Some(b'[') => return Ok(()),
                Some(blank) if blank.is_ascii_whitespace() => {}
                _ => return Err(FileFault::Malformed { expected: "JSON array" }),
            }
        }
    }

    fn close(&mut self, byte: u8, entry: Vec<u8>) -> Result<Option<Vec<u8>>, FileFault> {
        if byte == b']' {
            self.state = State::Done;
            while let Some(byte) = self.byte()? {
                if !byte.is_ascii_whitespace() {
                    return Err(FileFault::Malformed {
                        expected: "JSON array with nothing behind it",
                    });
                }
            }
            if entry.trim_ascii().is_empty() {
                return Ok(None);
            }
        }
        Ok(Some(entry))
    }
}

impl Nesting {
    fn is_outside(&self) -> bool {
        self.depth == 0 && !self.in_string
    }

    fn pass(&mut self, byte: u8) {
        match byte {
            _ if self.is_escaped => self.is_escaped = false,
            b'\\' if self.in_string => self.is_escaped = true,
            b'"' => self.in_string = !self.in_string,
            b'[' | b'{' if !self.in_string => self.depth += 1,
            b']' | b'}' if !self.in_string => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }
}

impl<R: Read> Iterator for JsonEntries<R> {
    type Item = Result<Vec<u8>, FileFault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.state == State::Done {
            return None;
        }
        let entry = self.next_entry();
        if entry.is_err() {
            self.state = State::Done;
        }
        entry.transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn cut(text: &[u8]) -> Result<Vec<Vec<u8>>, FileFault> {
        JsonEntries::new(text).collect()
    }

    fn any_entry() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<i32>().prop_map(|n| json!(n)),
            "[\\[\\]{}\",\\\\a]{0,8}".prop_map(|text| json!(text)),
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
                inner.prop_map(|inner| json!({"],": inner})),
            ]
        })
    }

    proptest! {
        #[test]
        fn cuts_between_the_entries_and_nowhere_else(entries in prop::collection::vec(any_entry(), 0..6)) {
            for text in [json!(entries).to_string(), format!("{:#}\n", json!(entries))] {
                let cut = cut(text.as_bytes()).unwrap();
                let read: Vec<Value> = cut.iter().map(|e| serde_json::from_slice(e).unwrap()).collect();
                prop_assert_eq!(&read, &entries);
            }
        }

        #[test]
        fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = cut(&[b"[".as_slice(), &bytes].concat());
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let files: [(&[u8], &str); 5] = [
            (b"{}", "malformed"),
            (b"[1, 2", "truncated"),
            (b"[\"]", "truncated"),
            (b"[1] 2", "malformed"),
            (b"", "malformed"),
        ];
        for (bytes, code) in files {
            assert_eq!(cut(bytes).unwrap_err().code(), code, "{bytes:?}");
        }
        let endless = [b"[\"".to_vec(), vec![b'x'; 10 << 20]].concat();
        assert_eq!(cut(&endless).unwrap_err().code(), "row_too_long");
    }
}
