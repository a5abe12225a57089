//! Bringing ratings along from elsewhere, and taking them away.

use std::fs;

use serde_json::{Value, json};

use crate::only_on;
use crate::support::browser::Browser;
use crate::support::scenario::Scenario;
use crate::support::scratch::new_directory;
use crate::support::{Member, Movie, Stack, TestApp, eventually, unique, wait_for};

pub fn scenarios() -> Vec<Scenario> {
    only_on![Embedded:
        somebody_brings_ratings_decides_and_takes_them_back,
        somebody_drops_a_file_that_is_none,
        somebody_takes_their_ratings_along,
    ]
}

fn app() -> &'static TestApp {
    Stack::Embedded.shared_app()
}

fn a_film(title: &str, year: i32) -> Movie {
    app().somebody().add_movie(&json!({"title": title, "release_year": year}))
}

fn score(member: &Member, movie: &Movie) -> Value {
    member.get(&movie.rating()).value()["score"].clone()
}

fn somebody_brings_ratings_decides_and_takes_them_back() {
    let member = app().sign_up("moving");
    let [known, twin, nowhere] = ["Known", "Twin", "Nowhere"].map(unique);
    let film = a_film(&known, 1971);
    let twins = [a_film(&twin, 1980), a_film(&twin, 1980)];
    let file = new_directory("files").join("ratings.csv");
    let rows = format!(
        "Date,Name,Year,Letterboxd URI,Rating\n\
         2024-02-01,{known},1971,https://boxd.it/1,3.5\n\
         2024-02-02,{twin},1980,https://boxd.it/2,4\n\
         2024-02-03,{nowhere},1990,https://boxd.it/3,2\n"
    );
    fs::write(&file, rows).expect("the folder should be ours");
    let browser = Browser::open(app());
    browser.sign_in(&member.username, &member.password);
    browser.visit("/me/imports");
    browser.choose_file("#file", &file);
    browser.wait_for_text(".import-state", "This is a preview");
    browser.wait_for_text(".switches", "To import 1");
    browser.wait_for_text(".switches", "Not found 1");
    assert_eq!(score(&member, &film), Value::Null);

    browser.click(".actions .button-primary");
    browser.wait_for_text(".import-state", "1 rating is yours now");
    assert_eq!(score(&member, &film), 7);
    browser.click(".decision .button");
    browser.wait_for_text(".decision", "Rated");
    eventually(true, || twins.iter().any(|twin| score(&member, twin) == 8));

    browser.click(".actions button");
    browser.wait_for_text(".import-state", "taken back");
    assert_eq!(score(&member, &film), Value::Null);
    assert!(twins.iter().any(|twin| score(&member, twin) == 8), "what was decided stays");
}

fn somebody_drops_a_file_that_is_none() {
    let member = app().sign_up("dropping");
    let browser = Browser::open(app());
    browser.sign_in(&member.username, &member.password);
    browser.visit("/me/imports");
    let drop = "const dataTransfer = new DataTransfer(); \
        dataTransfer.items.add(new File([new Uint8Array([137, 80, 78, 71, 0, 1, 2])], 'a.png')); \
        const drop = new DragEvent('drop', {dataTransfer, bubbles: true, cancelable: true}); \
        document.querySelector('.file-drop').dispatchEvent(drop);";
    browser.run(drop, &json!([]));
    // Refused at once, or found to be unreadable when it was looked at.
    browser.wait_for("return document.querySelector('.state-failed')");
}

fn somebody_takes_their_ratings_along() {
    let member = app().sign_up("leaving");
    let title = unique("Taken");
    member.rate(&a_film(&title, 1994), 9);
    let folder = new_directory("downloads");
    let browser = Browser::open(app());
    browser.download_into(&folder);
    browser.sign_in(&member.username, &member.password);
    browser.visit("/me/settings");
    for (format, name) in [("json", ""), ("letterboxd_csv", "-letterboxd")] {
        browser.choose("#field-format", format);
        browser.click("form:has(#field-format) .button");
        let ending = if format == "json" { "json" } else { "csv" };
        let file = folder.join(format!("reelmark-{}{name}.{ending}", member.username));
        let text = || fs::read_to_string(&file).ok().filter(|text| text.contains(&title));
        wait_for("the file", text);
    }
}
