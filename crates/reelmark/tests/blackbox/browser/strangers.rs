//! Texts that want to be more than texts.

use std::fs;

use serde_json::json;

use crate::only_on;
use crate::support::browser::Browser;
use crate::support::scenario::Scenario;
use crate::support::scratch::new_directory;
use crate::support::{Stack, unique};

/// Each would set `window.owned` if it were run.
const CORPUS: &[&str] = &[
    "<script>window.owned=1</script>",
    "<img src=x onerror=window.owned=1>",
    "<svg onload=window.owned=1>",
    "<svg><script>window.owned=1</script></svg>",
    "\"><script>window.owned=1</script>",
    "' onmouseover='window.owned=1",
    "\" autofocus onfocus=\"window.owned=1",
    "javascript:window.owned=1",
    "<a href=\"javascript:window.owned=1\">x</a>",
    "<iframe srcdoc=\"<script>parent.owned=1</script>\">",
    "<math><mtext></mtext><mglyph><style></style><img src=x onerror=window.owned=1>",
    "</title><script>window.owned=1</script>",
    "</textarea><script>window.owned=1</script>",
    "<details open ontoggle=window.owned=1>",
    "<body onload=window.owned=1>",
    "<style>@import 'javascript:window.owned=1'</style>",
    "${window.owned=1}{{constructor.constructor('window.owned=1')()}}",
    "</tspan></text></svg><script>window.owned=1</script>",
    "{\"__html\":\"<img src=x onerror=window.owned=1>\",\"constructor\":null}",
];

pub fn scenarios() -> Vec<Scenario> {
    only_on![Embedded: no_text_of_anybody_is_run]
}

/// Genres and directors take fewer characters than other texts.
fn short(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

fn no_text_of_anybody_is_run() {
    let app = Stack::Embedded.shared_app();
    let (author, curator) = (app.sign_up("stranger"), app.curator());
    let mark = unique("Corpus");
    let all = CORPUS.join(" ");
    author
        .edit_profile(&json!({"display_name": short(CORPUS[1], 80), "bio": short(&all, 1000)}))
        .expect(200);
    let mut paths = Vec::new();
    for text in CORPUS {
        let movie = author.call("POST", "/movies").json(&json!({
            "title": short(&format!("{text} {mark}"), 200),
            "original_title": text,
            "alternative_titles": [text],
            "genres": [short(text, 40)],
            "directors": [text],
            "synopsis": all,
        }));
        let movie = movie.send();
        // Some have characters that no title may have, which is as good.
        if movie.status == 201 {
            let id = movie.value()["id"].clone();
            author
                .put(&format!("/movies/{id}/rating"), &json!({"score": 1, "review": all}))
                .expect(201);
            paths.push(format!("/movies/{id}"));
        }
    }
    assert!(paths.len() >= CORPUS.len() - 1, "only {} were taken", paths.len());

    let browser = Browser::open(app);
    browser.sign_in(&curator.username, &curator.password);
    let first = paths[0].clone();
    paths.truncate(6);
    paths.push(format!("/browse?query={}", mark.replace(' ', "%20")));
    paths.push(format!("/browse?query={}", "%3Cimg%20src=x%20onerror=window.owned=1%3E"));
    paths.push("/browse?genre=%3Cscript%3Ewindow.owned=1%3C/script%3E".to_owned());
    paths.push("/sign-in?next=javascript:window.owned=1".to_owned());
    paths.push("/users/%3Cimg%20src=x%20onerror=window.owned=1%3E".to_owned());
    paths.push(author.profile());
    paths.push(format!("{first}/edit"));
    paths.push("/".to_owned());
    browser.complaints();
    for path in paths {
        browser.visit(&path);
        nothing_was_run(&browser, &path);
    }
    bring_texts_along(&browser);
    browser.fill("#search", &mark);
    browser.wait_for("return document.querySelector('.match-title')");
    nothing_was_run(&browser, "the search");
    let complaints = browser.complaints();
    let is_broken = |line: &&String| line.contains("Content Security Policy");
    assert_eq!(complaints.iter().find(is_broken), None);
}

#[track_caller]
fn nothing_was_run(browser: &Browser, place: &str) {
    let found = browser.run(
        "return [window.owned ?? null, document.querySelectorAll('main script, main iframe, \
         main style, main img, main [onerror], main [onload], a[href^=\"javascript:\"]').length]",
        &json!([]),
    );
    assert_eq!(found, json!([null, 0]), "{place}");
}

/// Titles in a file, and the name of the file itself.
fn bring_texts_along(browser: &Browser) {
    let row = |text: &&str| {
        format!("2024-02-01,\"{}\",1990,https://boxd.it/1,3\n", text.replace('"', "\"\""))
    };
    let rows: String = CORPUS.iter().map(row).collect();
    let file = new_directory("files").join("<img src=x onerror=window.owned=1>.csv");
    let header = "Date,Name,Year,Letterboxd URI,Rating\n";
    fs::write(&file, format!("{header}{rows}")).expect("the folder should be ours");
    browser.visit("/me/imports");
    browser.choose_file("#file", &file);
    browser.wait_for("return document.querySelector('.import-rows li')");
    browser.wait_for_text("h1", "onerror");
    nothing_was_run(browser, "the import");
    browser.visit("/me/imports");
    nothing_was_run(browser, "the imports");
}
