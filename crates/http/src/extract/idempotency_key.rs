use actix_web::http::header::{HeaderMap, HeaderName};

use crate::problem::ApiError;

/// Names a request, so that a repeated one is not done again
/// (draft-ietf-httpapi-idempotency-key-header).
pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The greatest number of characters of a key.
pub(crate) const MAX_KEY: usize = 255;

/// The key that a request carries, if any. The draft writes it as a quoted string; many clients
/// send it bare, which means the same.
///
/// # Errors
/// 400 for a key that is empty, too long, sent twice or not of printable ASCII.
pub(crate) fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let mut values = headers.get_all(&IDEMPOTENCY_KEY);
    let Some(value) = values.next() else {
        return Ok(None);
    };
    let raw = value.to_str().ok().filter(|_| values.next().is_none());
    let key = raw.and_then(|raw| unquoted(raw.trim()));
    let key = key.filter(|key| (1..=MAX_KEY).contains(&key.len()));
    key.map(Some).ok_or_else(|| {
        let rule = "must be one quoted string of 1 to 255 printable ASCII characters";
        ApiError::malformed_field("Idempotency-Key", rule)
    })
}

/// What stands in a string of RFC 8941, or the text itself when it has no quotes at all.
fn unquoted(raw: &str) -> Option<String> {
    if !raw.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
    let Some(inner) = raw.strip_prefix('"') else {
        return (!raw.contains('"')).then(|| raw.to_owned());
    };
    let (mut text, mut characters) = (String::new(), inner.strip_suffix('"')?.chars());
    while let Some(character) = characters.next() {
        text.push(match character {
            '"' => return None,
            '\\' => characters.next().filter(|escaped| matches!(escaped, '"' | '\\'))?,
            other => other,
        });
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn read(values: &[&[u8]]) -> Result<Option<String>, ApiError> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(IDEMPOTENCY_KEY, HeaderValue::from_bytes(value).unwrap());
        }
        idempotency_key(&headers)
    }

    #[test]
    fn a_quoted_and_a_bare_key_are_the_same() {
        for value in [r#""8e03978e-40d5""#, "8e03978e-40d5", "  8e03978e-40d5 "] {
            assert_eq!(read(&[value.as_bytes()]).unwrap().as_deref(), Some("8e03978e-40d5"));
        }
        assert_eq!(read(&[br#""a \"b\" \\c""#]).unwrap().as_deref(), Some(r#"a "b" \c"#));
        let longest = "k".repeat(MAX_KEY);
        assert_eq!(read(&[longest.as_bytes()]).unwrap(), Some(longest));
        assert_eq!(read(&[]).unwrap(), None);
    }

    #[test]
    fn names_the_header_that_is_malformed() {
        let too_long = "k".repeat(MAX_KEY + 1);
        let malformed: [&[&[u8]]; 9] = [
            &[b""],
            &[b"\"\""],
            &[too_long.as_bytes()],
            &["é".as_bytes()],
            &[b"a\tb"],
            &[b"\"open"],
            &[b"a\"b"],
            &[b"\"a\"b\""],
            &[b"one", b"two"],
        ];
        for values in malformed {
            let problem = read(values).unwrap_err().document("r");
            assert_eq!(problem["status"], 400, "{values:?}");
            assert_eq!(problem["errors"][0]["field"], "Idempotency-Key", "{values:?}");
        }
    }
}
