use super::*;

const ROUTES: &str = include_str!("../assets/app/routes.js");

/// What the first page loads, as `index.html` names it.
fn loaded_by(page: &str) -> Vec<String> {
    let named = page.split(['"', '\'']).filter(|text| text.starts_with("/assets/"));
    named.map(str::to_owned).collect()
}

fn text(path: &str) -> String {
    String::from_utf8(find(path, "").unwrap().bytes.to_vec()).unwrap()
}

#[test]
fn folders_stand_for_their_pages() {
    assert!(find("/", "").is_some_and(|asset| asset.content_type == "text/html; charset=utf-8"));
    let of = |path| find(path, "").map(|asset| asset.etag);
    assert_eq!(of("/docs"), of("/docs/index.html"));
    assert_eq!(of("/docs/"), of("/docs/index.html"));
}

#[test]
fn nothing_outside_is_found() {
    for path in [
        "/nope",
        "/../Cargo.toml",
        "/docs/../../Cargo.toml",
        "//etc/passwd",
        "/docs/%2e%2e",
        "/app/app.js",
        "/assets/0000000000000000/app.js",
        "/movies/1/2/3",
        "/movies//edit",
    ] {
        assert!(find(path, "").is_none(), "{path} was found");
    }
}

#[test]
fn pages_have_no_inline_code() {
    for path in ["/", "/docs"] {
        let page = text(path);
        assert!(!page.contains("<style") && !page.contains(" style="), "{path}");
        assert!(!page.contains("<script>") && !page.contains(" on"), "{path}");
    }
}

/// Nothing is loaded from elsewhere, and nothing is missing.
#[test]
fn whatever_the_first_page_names_is_there_and_lasts() {
    let files = loaded_by(&text("/"));
    assert!(files.len() >= 5, "{files:?}");
    for file in files {
        let asset = find(&file, "br").unwrap_or_else(|| panic!("{file} is missing"));
        assert!(asset.is_immutable, "{file}");
    }
    assert!(!find("/", "").unwrap().is_immutable);
}

#[test]
fn the_first_page_has_60_kib_at_most() {
    for encoding in ["br", "gzip"] {
        let page = find("/", encoding).unwrap().bytes.len();
        let mut files = loaded_by(&text("/"));
        files.sort();
        files.dedup();
        let sizes = files.iter().map(|file| find(file, encoding).unwrap().bytes.len());
        let total = page + sizes.sum::<usize>();
        assert!(total <= 60 * 1024, "{total} bytes of {encoding} in {} files", files.len() + 1);
    }
}

#[test]
fn what_gets_smaller_comes_compressed_and_is_another_version() {
    let (plain, brotli) = (find("/", "").unwrap(), find("/", "gzip, br").unwrap());
    assert_eq!((plain.encoding, brotli.encoding), (Encoding::Identity, Encoding::Brotli));
    assert!(brotli.bytes.len() < plain.bytes.len());
    assert_ne!(plain.etag, brotli.etag);
    let picture = find("/docs/favicon.png", "br, gzip").unwrap();
    assert_eq!(picture.encoding, Encoding::Identity);
}

#[test]
fn deep_links_lead_into_the_app() {
    let app = find("/", "").unwrap().etag;
    for path in ["/movies/42", "/movies/42/", "/users/ada", "/browse", "/me/reports/7"] {
        assert_eq!(find(path, "").map(|asset| asset.etag), Some(app.clone()), "{path}");
    }
}

#[test]
fn the_app_and_the_server_know_the_same_pages() {
    let lines = ROUTES.lines().filter_map(|line| line.trim().strip_prefix("[\""));
    let known: Vec<&str> = lines.filter_map(|line| line.split('"').next()).collect();
    assert_eq!(known, routes::PAGES);
}
