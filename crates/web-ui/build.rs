//! Turns `assets/` into a table of embedded files: each as it is, as gzip and as brotli, so that
//! nothing is compressed while somebody waits.
//!
//! All of the app's modules are served below one folder that is named after their contents. Their
//! imports are relative, so they find each other there, and browsers may keep them for ever.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

/// What pages write in place of the folder of the app's modules.
const FOLDER: &str = "/assets/app/";

/// Beyond so many bytes the best compression costs seconds and gains little.
const LARGE: usize = 256 * 1024;

type Outcome<T> = Result<T, Box<dyn Error>>;

#[expect(clippy::disallowed_methods, reason = "this is how Cargo speaks to build scripts")]
fn main() -> Outcome<()> {
    println!("cargo::rerun-if-changed=assets");
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("assets");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let mut paths = Vec::new();
    collect(&root, &mut paths)?;
    paths.sort();
    let folder = folder_of_app(&root, &paths)?;
    let mut table = String::from("&[\n");
    for (number, path) in paths.iter().enumerate() {
        let name = path.strip_prefix(&root)?.to_str().ok_or("paths must be UTF-8")?;
        let mut bytes = fs::read(path)?;
        if name.ends_with(".html") {
            bytes = String::from_utf8(bytes)?.replace(FOLDER, &folder).into_bytes();
        }
        let stem = out.join(number.to_string());
        for (ending, contents) in
            [("raw", bytes.clone()), ("gz", gzip(&bytes)?), ("br", brotli(&bytes)?)]
        {
            fs::write(stem.with_extension(ending), contents)?;
        }
        table.push_str(&row(name, &folder, &bytes, &stem)?);
    }
    table.push(']');
    fs::write(out.join("files.rs"), table)?;
    Ok(())
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> Outcome<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => collect(&path, into)?,
            // What only the type checker reads.
            false if path.to_string_lossy().ends_with(".d.ts") => {}
            false => into.push(path),
        }
    }
    Ok(())
}

/// Changes whenever any file of the app does, because any of them may import any other.
fn folder_of_app(root: &Path, paths: &[PathBuf]) -> Outcome<String> {
    let mut hash = Sha256::new();
    for path in paths.iter().filter(|path| path.starts_with(root.join("app"))) {
        hash.update(path.strip_prefix(root)?.to_string_lossy().as_bytes());
        hash.update([0]);
        hash.update(fs::read(path)?);
    }
    Ok(format!("/assets/{}/", hex(&hash.finalize()[..8])))
}

fn row(name: &str, folder: &str, bytes: &[u8], stem: &Path) -> Outcome<String> {
    let path = match name.strip_prefix("app/") {
        Some(name) => format!("{folder}{name}"),
        None => format!("/{name}"),
    };
    let (etag, kind) = (hex(&Sha256::digest(bytes)[..8]), media_type(name)?);
    let lasts = name.starts_with("app/");
    let mut row = format!("File {{ path: {path:?}, content_type: {kind:?}, etag: {etag:?}, ");
    write!(row, "is_immutable: {lasts}, ")?;
    for (field, ending) in [("plain", "raw"), ("gzip", "gz"), ("brotli", "br")] {
        write!(row, "{field}: include_bytes!({:?}), ", stem.with_extension(ending))?;
    }
    Ok(format!("{row}}},\n"))
}

fn media_type(name: &str) -> Outcome<&'static str> {
    Ok(match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webmanifest" => "application/manifest+json",
        "txt" | "LICENSE" | "NOTICE" => "text/plain; charset=utf-8",
        _ if !name.contains('.') => "text/plain; charset=utf-8",
        other => return Err(format!("{name}: which type has .{other}?").into()),
    })
}

fn gzip(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn brotli(mut bytes: &[u8]) -> Outcome<Vec<u8>> {
    let quality = if bytes.len() > LARGE { 9 } else { 11 };
    let parameters = brotli::enc::BrotliEncoderParams { quality, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut compressed, &parameters)?;
    Ok(compressed)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a string can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
