//! Narrowing the catalogue down.

use serde_json::json;

use crate::only_on;
use crate::support::browser::Browser;
use crate::support::scenario::Scenario;
use crate::support::{Movie, Stack, unique, unique_name};

pub fn scenarios() -> Vec<Scenario> {
    only_on![Embedded: filters_narrow_a_list_and_stand_in_its_address]
}

#[track_caller]
fn shows(browser: &Browser, films: usize) {
    let script = format!(
        "return document.querySelector('.grid[aria-busy=false]') \
         && document.querySelectorAll('.grid .film').length === {films}"
    );
    browser.wait_for(&script);
}

fn filters_narrow_a_list_and_stand_in_its_address() {
    let app = Stack::Embedded.shared_app();
    let (member, genre) = (app.sign_up("finding"), unique_name("genre"));
    let facts = json!({"title": unique("Found"), "genres": [genre], "original_language": "fr"});
    let french: Movie = member.add_movie(&facts);
    let facts = json!({"title": unique("Found"), "genres": [genre, "Drama"], "countries": ["IT"]});
    member.add_movie(&facts);
    member.rate(&french, 8);

    let browser = Browser::open(app);
    browser.sign_in(&member.username, &member.password);
    browser.visit(&format!("/browse?genre={genre}"));
    shows(&browser, 2);
    browser.click(".drop-button");
    browser.wait_for("return document.querySelector('#genres .check')");
    let drama = "[...document.querySelectorAll('#genres .check')] \
        .find((label) => label.textContent.startsWith('Drama')).querySelector('input').click()";
    browser.run(drama, &json!([]));
    shows(&browser, 1);
    browser.wait_for_text(".chips", "Drama");
    let address = browser.run("return location.pathname + location.search", &json!([]));
    assert_eq!(address, format!("/browse?genre={genre}&genre=Drama"));
    browser.visit(address.as_str().unwrap_or_default());
    shows(&browser, 1);

    browser.click(".chips .link");
    browser.wait_for("return location.search === ''");
    for (filter, films) in [
        ("language=fr", 1),
        ("language=de", 0),
        ("country=IT", 1),
        ("rated_by_me=true", 1),
        ("rated_by_me=false", 1),
        ("min_ratings=1000", 0),
    ] {
        browser.visit(&format!("/browse?genre={genre}&{filter}"));
        shows(&browser, films);
    }
}
