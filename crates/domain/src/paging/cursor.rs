use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use thiserror::Error;

/// Separates the parts of a cursor; it can't occur in checked texts, being a control character.
const SEPARATOR: char = '\u{1f}';

/// Where a page of a list starts: the list's name and the sort keys of the last item before it.
///
/// Written out it is opaque text with a checksum. A cursor that was mistyped, cut off or made for
/// another list is refused instead of giving a wrong page. It holds no secret and grants nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cursor {
    list: String,
    keys: Vec<String>,
}

/// The text is not a cursor of this list.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("must be a cursor that this list gave out, with the same sort order")]
pub struct CursorError;

impl Cursor {
    /// Marks the place behind the item with these sort keys in the list of this name.
    pub fn new(list: &str, keys: &[&str]) -> Self {
        Self { list: list.to_owned(), keys: keys.iter().map(|key| (*key).to_owned()).collect() }
    }

    /// Reads a cursor.
    ///
    /// # Errors
    /// [`CursorError`] when the text was not written by [`Cursor::encode`].
    pub fn parse(raw: &str) -> Result<Self, CursorError> {
        let bytes = URL_SAFE_NO_PAD.decode(raw).map_err(|_| CursorError)?;
        let (checksum, body) = bytes.split_at_checked(4).ok_or(CursorError)?;
        if checksum != crc32fast::hash(body).to_be_bytes() {
            return Err(CursorError);
        }
        let body = std::str::from_utf8(body).map_err(|_| CursorError)?;
        let mut parts = body.split(SEPARATOR).map(str::to_owned);
        let list = parts.next().ok_or(CursorError)?;
        Ok(Self { list, keys: parts.collect() })
    }

    /// The opaque text: URL-safe, without padding.
    pub fn encode(&self) -> String {
        let mut body = self.list.clone();
        for key in &self.keys {
            body.push(SEPARATOR);
            body.push_str(key);
        }
        let checksum = crc32fast::hash(body.as_bytes()).to_be_bytes();
        URL_SAFE_NO_PAD.encode([&checksum, body.as_bytes()].concat())
    }

    /// The sort keys, when the cursor belongs to `list` and has `N` of them.
    ///
    /// # Errors
    /// [`CursorError`] for a cursor of another list.
    pub fn keys<const N: usize>(&self, list: &str) -> Result<[&str; N], CursorError> {
        if self.list != list {
            return Err(CursorError);
        }
        let keys: Vec<&str> = self.keys.iter().map(String::as_str).collect();
        keys.try_into().map_err(|_| CursorError)
    }

    /// Reads one sort key as the type it was written from.
    ///
    /// # Errors
    /// [`CursorError`] when the key doesn't have that type.
    pub fn read<T: FromStr>(key: &str) -> Result<T, CursorError> {
        key.parse().map_err(|_| CursorError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn is_read_back_as_written(list in "[a-z]{1,10}", keys in prop::collection::vec("\\PC{0,20}", 0..4)) {
            let keys: Vec<_> = keys.iter().map(String::as_str).collect();
            let cursor = Cursor::new(&list, &keys);
            prop_assert_eq!(Cursor::parse(&cursor.encode()), Ok(cursor));
        }

        #[test]
        fn a_changed_character_is_noticed(place in 0usize..20, other in "[A-Za-z0-9_-]") {
            let text = Cursor::new("movies", &["casablanca", "42"]).encode();
            let place = place % text.len();
            prop_assume!(text[place..=place] != other);
            let changed = format!("{}{other}{}", &text[..place], &text[place + 1..]);
            prop_assert_eq!(Cursor::parse(&changed), Err(CursorError));
        }

        #[test]
        fn any_text_is_read_without_panic(raw in "\\PC{0,60}") {
            let _ = Cursor::parse(&raw);
        }
    }

    #[test]
    fn belongs_to_one_list() {
        let cursor = Cursor::new("movies by title", &["casablanca", "42"]);
        assert_eq!(cursor.keys("movies by title"), Ok(["casablanca", "42"]));
        assert_eq!(cursor.keys::<2>("movies by year"), Err(CursorError));
        assert_eq!(cursor.keys::<1>("movies by title"), Err(CursorError));
    }
}
