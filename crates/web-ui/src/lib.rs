//! The pages that browsers load, embedded in the binary: the web app at `/` and the API browser at
//! `/docs`. They talk to the public API alone.

mod encoding;
mod routes;

pub use encoding::Encoding;

/// A file as it is embedded.
struct File {
    path: &'static str,
    content_type: &'static str,
    /// Names the contents, without quotes.
    etag: &'static str,
    /// Whether its path changes with its contents.
    is_immutable: bool,
    plain: &'static [u8],
    gzip: &'static [u8],
    brotli: &'static [u8],
}

/// Every file under the path that it is served at.
const FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// A file as it is served.
#[derive(Clone, Debug)]
pub struct Asset {
    /// The contents, in the encoding that was chosen.
    pub bytes: &'static [u8],
    /// How the contents are compressed.
    pub encoding: Encoding,
    /// The media type, with the character set where there is one.
    pub content_type: &'static str,
    /// Names the contents in this encoding: a quoted hash.
    pub etag: String,
    /// Whether there will never be anything else at its path.
    pub is_immutable: bool,
}

/// Finds the file behind a path, such as `/docs/swagger-ui.css`, in the best encoding that
/// `accept_encoding` admits. A folder stands for its page, and every page of the app for the app.
pub fn find(path: &str, accept_encoding: &str) -> Option<Asset> {
    let trimmed = path.strip_suffix('/').unwrap_or(path);
    let page = format!("{trimmed}/index.html");
    let file = file(path).or_else(|| file(&page));
    let file = file.or_else(|| app().filter(|_| routes::is_page(trimmed)))?;
    Some(file.encoded(Encoding::best_of(accept_encoding)))
}

/// The app, which shows a page of its own for what it doesn't know.
pub fn not_found(accept_encoding: &str) -> Option<Asset> {
    app().map(|file| file.encoded(Encoding::best_of(accept_encoding)))
}

fn app() -> Option<&'static File> {
    file("/index.html")
}

fn file(path: &str) -> Option<&'static File> {
    FILES.iter().find(|file| file.path == path)
}

impl File {
    fn encoded(&self, encoding: Encoding) -> Asset {
        let bytes = match encoding {
            Encoding::Brotli => self.brotli,
            Encoding::Gzip => self.gzip,
            Encoding::Identity => self.plain,
        };
        // What doesn't get smaller, such as a picture, is sent as it is.
        let (bytes, encoding) = match bytes.len() < self.plain.len() {
            true => (bytes, encoding),
            false => (self.plain, Encoding::Identity),
        };
        let ending = encoding.name().map(|name| format!("-{name}")).unwrap_or_default();
        Asset {
            bytes,
            encoding,
            content_type: self.content_type,
            etag: format!("\"{}{ending}\"", self.etag),
            is_immutable: self.is_immutable,
        }
    }
}

#[cfg(test)]
mod tests;
