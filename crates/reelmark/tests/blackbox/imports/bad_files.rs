use serde_json::json;

use super::files::{archive, bring, counts, finished, form, imported, rows};
use super::movie;
use crate::beside_others;
use crate::support::scenario::Scenario;
use crate::support::{TestApp, unique};

pub fn scenarios() -> Vec<Scenario> {
    beside_others![
        a_file_that_cannot_be_read_says_what_is_wrong_with_it,
        archives_made_to_do_harm_do_none,
        a_file_that_breaks_off_keeps_what_was_read,
        a_file_in_an_old_encoding_is_read,
        a_file_that_is_too_large_is_refused,
        a_form_without_a_file_is_refused,
        the_body_itself_is_a_file_too,
        a_repeated_upload_is_imported_once,
    ]
}

const HEADING: &str = "Date,Name,Year,Letterboxd URI,Rating";

fn a_file_that_cannot_be_read_says_what_is_wrong_with_it(app: &TestApp) {
    let ada = app.sign_up("ada");
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01";
    let long_line = format!("{HEADING}\n\"{}", "x".repeat(10 * 1024 * 1024));
    let whole = archive(&[("ratings.csv", &format!("{HEADING}\n2020-01-02,Up,2009,u,4\n"))]);
    let files: [(&[u8], &str); 9] = [
        (b"", "empty"),
        (HEADING.as_bytes(), "no_rows"),
        (b"[]", "no_rows"),
        (png, "binary"),
        (b"Date;Name;Year;Letterboxd URI;Rating\n2020-01-02;Up;2009;u;4\n", "delimiter"),
        (b"a,b,c\n1,2,3\n", "unknown_format"),
        (long_line.as_bytes(), "row_too_long"),
        (b"\xff\xfeD\0a\0t\0e\0", "utf16"),
        (&whole[..whole.len() / 2], "truncated"),
    ];
    for (content, code) in files {
        let import = imported(&ada, "ratings.csv", content);
        assert_eq!(import["status"], "failed", "{code}");
        let problem = &import["problem"];
        let known = problem["code"].as_str().unwrap_or_default();
        // What is left of an archive may not look like one.
        let is_cut = code == "truncated" && ["damaged", "malformed"].contains(&known);
        let is_expected = known == code || is_cut;
        assert!(is_expected, "{code}: {problem}");
        assert!(problem["message"].as_str().is_some_and(|text| text.contains("ratings.csv")));
        assert_eq!(import["counts"]["imported"], 0);
    }
}

fn archives_made_to_do_harm_do_none(app: &TestApp) {
    let ada = app.sign_up("ada");
    let bomb = archive(&[("ratings.csv", &"0".repeat(30 * 1024 * 1024))]);
    assert!(bomb.len() < 1024 * 1024, "it should be dense");
    let traversal = archive(&[
        ("../../ratings.csv", "Date,Name\n"),
        ("/etc/ratings.csv", "Date,Name\n"),
        ("C:\\ratings.csv", "Date,Name\n"),
    ]);
    for (content, code) in [(bomb, "too_dense"), (traversal, "nothing_inside")] {
        let import = imported(&ada, "films.zip", content);
        assert_eq!(import["problem"]["code"], code);
        assert_eq!(import["counts"]["imported"], 0);
    }
    let named = form(&ada, "", "../../../etc/passwd", b"[]").json(202);
    assert_eq!(named["file_name"], "passwd");
    app.get("/movies?limit=1").expect(200);
}

fn a_file_that_breaks_off_keeps_what_was_read(app: &TestApp) {
    let ((up, title), ada) = (movie(app, "Up", 2009), app.sign_up("ada"));
    let entry = json!({
        "rated_at": "2020-01-02T03:04:05.000Z", "rating": 8, "type": "movie",
        "movie": {"title": title, "year": 2009, "ids": {}},
    });

    let import = imported(&ada, "ratings.json", format!("[{entry},{{\"rated_at\":\"20"));

    assert_eq!(
        (&import["status"], &import["problem"]["code"]),
        (&json!("failed"), &json!("truncated"))
    );
    assert_eq!(counts(&import, ["imported", "invalid"]), [1, 0]);
    assert_eq!(rows(&ada, &import, "").len(), 1);
    assert_eq!(ada.get(&up.rating()).json(200)["score"], 8);
    let undone = ada.delete(&super::files::handed_in(&import)).json(200);
    assert_eq!(undone, json!({"reverted": 1, "kept": 0}));
}

fn a_file_in_an_old_encoding_is_read(app: &TestApp) {
    let ada = app.sign_up("ada");
    let title = unique("Amélie");
    let amelie = ada.add_movie(&json!({"title": title, "release_year": 2001}));
    let list = format!("{HEADING}\n2020-01-02,{title},2001,u,4\n");
    let latin: Vec<u8> = list.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();

    let import = imported(&ada, "ratings.csv", latin);

    assert_eq!(counts(&import, ["imported"]), [1]);
    assert!(
        rows(&ada, &import, "")[0]["reason"].as_str().is_some_and(|text| text.contains("UTF-8"))
    );
    assert_eq!(ada.get(&amelie.rating()).json(200)["score"], 8);
}

fn a_file_that_is_too_large_is_refused(app: &TestApp) {
    let ada = app.sign_up("ada");
    let most = 20 * 1024 * 1024;
    form(&ada, "", "ratings.csv", &vec![b'x'; most + 1]).problem(413, "body_too_large");
    let raw = ada.call("POST", "/users/me/imports").body("text/csv", vec![b'x'; most + 100_000]);
    raw.send().problem(413, "body_too_large");
    // Nowhere else is so much read.
    let movie = ada.call("POST", "/movies").body("application/json", vec![b' '; 40 * 1024]);
    movie.send().problem(413, "body_too_large");
    assert!(ada.items("/users/me/imports").is_empty());
    let fits = form(&ada, "?dry_run=true", "ratings.csv", &vec![b'x'; most]).json(202);
    let failed = finished(&ada, &super::files::handed_in(&fits));
    assert_eq!(failed["problem"]["code"], "unknown_format");
}

fn a_form_without_a_file_is_refused(app: &TestApp) {
    let ada = app.sign_up("ada");
    let send = |body: &str| {
        let call = ada.call("POST", "/users/me/imports");
        call.body("multipart/form-data; boundary=XX", body).send()
    };
    send("--XX--\r\n").problem(400, "malformed_request");
    send("--XX\r\nContent-Disposition: form-data; name=\"user_id\"\r\n\r\n1\r\n--XX--\r\n")
        .refuses([("user_id", "unknown_field")]);
    send("no form at all").problem(400, "malformed_request");
    let path = "/users/me/imports?dry_run=perhaps";
    ada.call("POST", path).body("text/csv", "a").send().refuses([("dry_run", "invalid_type")]);
    let path = "/users/me/imports?user_id=1";
    ada.call("POST", path).body("text/csv", "a").send().refuses([("user_id", "unknown_field")]);
    assert!(ada.items("/users/me/imports").is_empty());
}

fn the_body_itself_is_a_file_too(app: &TestApp) {
    let ((up, title), ada) = (movie(app, "Up", 2009), app.sign_up("ada"));
    let list = format!("{HEADING}\n2020-01-02,{title},2009,u,4\n");
    let call = ada.call("POST", "/users/me/imports").body("text/csv", list);
    let call = call.header("content-disposition", "attachment; filename=\"mine.csv\"");
    let import = call.send().json(202);
    assert_eq!(import["file_name"], "mine.csv");
    finished(&ada, &super::files::handed_in(&import));
    assert_eq!(ada.get(&up.rating()).json(200)["score"], 8);
}

fn a_repeated_upload_is_imported_once(app: &TestApp) {
    let ada = app.sign_up("ada");
    let key = unique("upload");
    let content = " ".repeat(1024 * 1024) + "[]";
    let send = || {
        let call = ada.call("POST", "/users/me/imports").header("idempotency-key", &key);
        call.body("application/json", content.clone()).send().json(202)
    };
    let first = send();
    assert_eq!(send()["id"], first["id"]);
    assert_eq!(ada.items("/users/me/imports").len(), 1);
    // Of strangers less is read.
    let call = app.call("POST", "/users/me/imports").header("idempotency-key", unique("stranger"));
    call.body("application/json", content.clone()).send().problem(413, "body_too_large");
    bring(&ada, "", "ratings.json", "[]");
}
