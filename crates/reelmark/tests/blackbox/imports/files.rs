//! Files, and how they are handed in.

use std::io::{Cursor, Write};

use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::{Member, wait_for};

/// An archive with these files in it.
pub fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(vec![]));
    for (name, content) in files {
        archive.start_file(*name, SimpleFileOptions::default()).expect("it should be packed");
        archive.write_all(content.as_bytes()).expect("it should be packed");
    }
    archive.finish().expect("it should be packed").into_inner()
}

/// Hands in a file as a form, and returns where the import will be.
#[track_caller]
pub fn bring(member: &Member, query: &str, name: &str, content: impl AsRef<[u8]>) -> String {
    let accepted = form(member, query, name, content.as_ref()).expect(202);
    let location = accepted.header("location").expect("an import has a place").to_owned();
    let import = accepted.json(202);
    assert_eq!(location, format!("/api/v1{}", handed_in(&import)));
    assert_eq!((&import["status"], &import["file_name"]), (&"queued".into(), &name.into()));
    handed_in(&import)
}

/// Posts a form with a file.
#[track_caller]
pub fn form(member: &Member, query: &str, name: &str, content: &[u8]) -> crate::support::Answer {
    let head = format!(
        "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    let body = [head.as_bytes(), content, b"\r\n--XX--\r\n"].concat();
    let path = format!("/users/me/imports{query}");
    member.call("POST", &path).body("multipart/form-data; boundary=XX", body).send()
}

/// The path of an import below `/api/v1`.
pub fn handed_in(import: &Value) -> String {
    format!("/users/me/imports/{}", import["id"])
}

/// The import once nobody works on it any more.
#[track_caller]
pub fn finished(member: &Member, path: &str) -> Value {
    wait_for("a finished import", || {
        let import = member.get(path).json(200);
        let status = import["status"].as_str().unwrap_or_default().to_owned();
        ["done", "failed"].contains(&status.as_str()).then_some(import)
    })
}

/// Hands in a file and waits until it is imported.
#[track_caller]
pub fn imported(member: &Member, name: &str, content: impl AsRef<[u8]>) -> Value {
    finished(member, &bring(member, "", name, content))
}

/// What became of the rows, as far as a page holds them.
#[track_caller]
pub fn rows(member: &Member, import: &Value, query: &str) -> Vec<Value> {
    member.items(&format!("{}/rows?limit=100{query}", handed_in(import)))
}

/// How many rows have these outcomes.
pub fn counts<const N: usize>(import: &Value, outcomes: [&str; N]) -> [u64; N] {
    outcomes.map(|outcome| import["counts"][outcome].as_u64().expect("a count is a number"))
}
