//! The pages that browsers load, embedded in the binary: the web app at `/` and the API browser at
//! `/docs`. They talk to the public API alone.

use std::borrow::Cow;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Assets;

/// A file as it is served.
#[derive(Clone, Debug)]
pub struct Asset {
    /// The contents.
    pub bytes: Cow<'static, [u8]>,
    /// The media type, with the character set where there is one.
    pub content_type: String,
    /// Names the contents: a quoted hash.
    pub etag: String,
}

/// Finds the file behind a path, such as `/docs/swagger-ui.css`. A folder stands for its page.
pub fn find(path: &str) -> Option<Asset> {
    let path = path.trim_start_matches('/').trim_end_matches('/');
    let page = if path.is_empty() { "index.html".to_owned() } else { format!("{path}/index.html") };
    let file = Assets::get(path).or_else(|| Assets::get(&page))?;
    let media_type = file.metadata.mimetype();
    let is_text = media_type.starts_with("text/");
    let charset = if is_text { "; charset=utf-8" } else { "" };
    let hash = file.metadata.sha256_hash();
    let etag: String = hash[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    Some(Asset {
        bytes: file.data,
        content_type: format!("{media_type}{charset}"),
        etag: format!("\"{etag}\""),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_stand_for_their_pages() {
        assert!(find("/").is_some_and(|asset| asset.content_type == "text/html; charset=utf-8"));
        assert_eq!(find("/docs").map(|a| a.etag), find("/docs/index.html").map(|a| a.etag));
    }

    #[test]
    fn nothing_outside_is_found() {
        for path in
            ["/nope", "/../Cargo.toml", "/docs/../../Cargo.toml", "//etc/passwd", "/docs/%2e%2e"]
        {
            assert!(find(path).is_none(), "{path} was found");
        }
    }

    #[test]
    fn pages_have_no_inline_code() {
        for path in ["/", "/docs"] {
            let page = String::from_utf8(find(path).unwrap().bytes.into_owned()).unwrap();
            assert!(!page.contains("<style") && !page.contains(" style="), "{path}");
            assert!(!page.contains("<script>") && !page.contains(" on"), "{path}");
        }
    }
}
