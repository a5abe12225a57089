//! What people do, from beginning to end.

use serde_json::{Value, json};

use super::keys;
use crate::only_on;
use crate::support::browser::Browser;
use crate::support::scenario::Scenario;
use crate::support::{Stack, TestApp, eventually, secrets, unique, unique_name};

const STARS: &str = ".rating-stars";

pub fn scenarios() -> Vec<Scenario> {
    only_on![Embedded:
        somebody_signs_up_rates_a_film_and_signs_out,
        ones_own_review_shows_below_at_once,
        the_keyboard_alone_is_enough_to_rate,
        a_finger_rates_and_may_scroll_over_the_stars,
        an_admin_mends_a_film_and_appoints_a_curator,
        a_page_of_another_origin_gets_nothing_for_the_cookie,
    ]
}

fn app() -> &'static TestApp {
    Stack::Embedded.shared_app()
}

/// A film that is found by its title alone.
fn a_film() -> (String, i64) {
    let title = unique("Journey");
    let movie = app().somebody().add_movie(&json!({"title": title, "release_year": 1971}));
    (title, movie.id)
}

fn score_of(browser: &Browser) -> Value {
    let script = "return document.querySelector('.rating-stars').getAttribute('aria-valuenow')";
    browser.run(script, &json!([]))
}

fn somebody_signs_up_rates_a_film_and_signs_out() {
    let (title, _) = a_film();
    let browser = Browser::open(app());
    let username = unique_name("browsing");
    let password = secrets::password_of(&username);
    browser.visit("/sign-up");
    browser.fill("#field-username", &username);
    browser.fill("#field-email", "no address");
    browser.fill("#field-password", &password);
    browser.press(keys::ENTER);
    browser.text("#email-wrong");
    browser.fill("#field-email", &secrets::email_of(&username));
    browser.press(keys::ENTER);
    browser.wait_for_text(".menu-name", &username);

    browser.fill("#search", &title);
    browser.wait_for_text(".match-title", &title);
    browser.press(keys::ARROW_DOWN);
    browser.press(keys::ENTER);
    browser.wait_for_text("h1", &title);
    assert_eq!(browser.text(".summary-count"), "0");
    browser.click_at(STARS, 68);
    browser.wait_for_text(".rating-words", "7 / 10");
    browser.wait_for_text(".summary-count", "1");
    browser.wait_for_text(".toast", "7 of 10");

    no_script_finds_a_token(&browser);
    browser.visit("/me");
    browser.wait_for_text(".film-title", &title);
    browser.click(".menu-button");
    browser.click("#account-menu button");
    browser.wait_for("return document.querySelector('.bar-links a[href=\"/sign-in\"]')");
    browser.visit("/me");
    browser.wait_for_text("main", "Sign in to see this");
}

/// The session outlived the page that was loaded anew, although nothing that a script can read
/// tells who it belongs to.
fn no_script_finds_a_token(browser: &Browser) {
    browser.visit("/");
    browser.wait_for("return document.querySelector('.menu-button')");
    let kept = browser.run(
        "return JSON.stringify([document.cookie, {...localStorage}, {...sessionStorage}])",
        &json!([]),
    );
    assert_eq!(kept, json!(r#"["",{"reelmark.signed-in":"1"},{}]"#));
}

fn ones_own_review_shows_below_at_once() {
    let (_, id) = a_film();
    let member = app().sign_up("reviewing");
    let browser = Browser::open(app());
    browser.sign_in(&member.username, &member.password);
    browser.visit(&format!("/movies/{id}"));
    browser.wait_for_text(".reviews", "Nobody with a public profile");
    browser.click_at(STARS, 68);
    browser.wait_for_text(".review-head", &member.username);
    browser.click(".own button.link");
    browser.fill("#review", "Wet, and good.");
    browser.click(".review-form .button-primary");
    browser.wait_for_text(".review-list", "Wet, and good.");
    browser.click(".own > button.link:last-child");
    browser.wait_for_text(".reviews", "Nobody with a public profile");
}

fn the_keyboard_alone_is_enough_to_rate() {
    let (title, id) = a_film();
    let member = app().sign_up("keyboard");
    let rating = || member.get(&format!("/movies/{id}/rating"));
    let browser = Browser::open(app());
    browser.sign_in(&member.username, &member.password);
    what_is_open_closes_when_the_focus_leaves(&browser, &title);
    browser.visit(&format!("/movies/{id}"));
    browser.wait_for("return document.querySelector('.rating-stars')");
    let has_focus = "return document.activeElement.matches('.rating-stars')";
    for _ in 0..30 {
        if browser.run(has_focus, &json!([])) == json!(true) {
            break;
        }
        browser.press(keys::TAB);
    }
    assert_eq!(browser.run(has_focus, &json!([])), json!(true), "Tab should lead to the stars");
    browser.press("9");
    eventually(json!(9), || rating().value()["score"].clone());
    browser.press(keys::ARROW_LEFT);
    browser.press(keys::ARROW_LEFT);
    eventually(json!(7), || rating().value()["score"].clone());
    assert_eq!(score_of(&browser), "7");
    let words = "return document.querySelector('.rating-stars').getAttribute('aria-valuetext')";
    assert_eq!(browser.run(words, &json!([])), "3½ stars, 7 of 10");
    browser.wait_for_text(".toast", &format!("You gave {title} 7 of 10."));
    browser.click(".toast button");
    eventually(json!(9), || rating().value()["score"].clone());
    assert_eq!(score_of(&browser), "9");
}

fn what_is_open_closes_when_the_focus_leaves(browser: &Browser, title: &str) {
    browser.fill("#search", title);
    browser.wait_for_text(".match-title", title);
    browser.press(keys::TAB);
    browser.wait_for("return document.querySelector('#search-matches').hidden");
    browser.click(".menu-button");
    browser.wait_for("return !document.querySelector('#account-menu').hidden");
    browser.run("document.querySelector('#search').focus()", &json!([]));
    browser.wait_for("return document.querySelector('#account-menu').hidden");
}

fn a_finger_rates_and_may_scroll_over_the_stars() {
    let (_, id) = a_film();
    let member = app().sign_up("finger");
    let rating = || member.get(&format!("/movies/{id}/rating")).value()["score"].clone();
    let browser = Browser::open(app());
    browser.sign_in(&member.username, &member.password);
    browser.looks_like(390, 844, "light");
    browser.visit(&format!("/movies/{id}"));
    browser.touch(STARS, &[(68, 0)]);
    eventually(json!(7), rating);
    // A finger may look for the place before it is lifted.
    browser.touch(STARS, &[(11, 0), (40, 0), (88, 0)]);
    eventually(json!(9), rating);
    // Whoever moves the page by the stars rates nothing.
    browser.touch(STARS, &[(15, 0), (15, -60), (15, -200)]);
    let stands_still = "const before = window.before; window.before = scrollY; \
                        return before === scrollY";
    browser.wait_for(stands_still);
    browser.wait_for_text(".rating-words", "9 / 10");
    browser.touch(STARS, &[(99, 0)]);
    browser.wait_for_text(".rating-words", "10 / 10");
    eventually(json!(10), rating);
}

fn an_admin_mends_a_film_and_appoints_a_curator() {
    let (_, id) = a_film();
    let (admin, helper) = (app().admin(), app().sign_up("helper"));
    let browser = Browser::open(app());
    browser.sign_in(&admin.username, &admin.password);
    browser.visit(&format!("/movies/{id}"));
    browser.click(&format!("a[href='/movies/{id}/edit']"));
    browser.settle();
    let title = unique("Mended");
    browser.fill("#field-title", &title);
    browser.fill("#field-release_year", "12");
    browser.press(keys::ENTER);
    browser.text("#release_year-wrong");
    browser.fill("#field-release_year", "1972");
    browser.fill("#field-genres", "Drama, Western");
    browser.fill("#field-alternative_titles", "Réparé\nTamirli");
    browser.choose("#field-original_language", "fr");
    browser.choose("#field-countries", "FR");
    browser.choose("#field-countries", "TR");
    browser.click("form .button-primary");
    browser.wait_for_text("h1", &title);
    browser.wait_for_text(".movie-line", "French");
    browser.wait_for_text(".other-titles", "Tamirli");
    let movie = app().get(&format!("/movies/{id}")).json(200);
    assert_eq!(movie["alternative_titles"], json!(["Réparé", "Tamirli"]));
    assert_eq!(movie["original_language"], "fr");
    assert_eq!(movie["countries"], json!(["FR", "TR"]));
    assert_eq!(movie["release_year"], 1972);
    assert_eq!(movie["genres"], json!(["Drama", "Western"]));

    browser.visit("/admin");
    browser.fill("#field-username", &helper.username);
    browser.choose("#field-role", "curator");
    browser.click("form .button-primary");
    browser.wait_for_text(".toast", "is a curator now");
    assert_eq!(helper.get("/users/me").json(200)["role"], "curator");
}

/// The cookie is sent for pages of the service alone, which the browser itself sees to; and a page
/// that got it sent all the same would be refused.
fn a_page_of_another_origin_gets_nothing_for_the_cookie() {
    let member = app().sign_up("visited");
    let browser = Browser::open(app());
    browser.sign_in(&member.username, &member.password);
    let status = |origin: &str| {
        let url = app().url("/api/v1/auth/refresh?session=cookie").replace("127.0.0.1", origin);
        let script = format!(
            "fetch({url:?}, {{method: 'POST', credentials: 'include', mode: 'no-cors'}})\
             .then((answer) => arguments[0]([answer.status, answer.type]))"
        );
        browser.run_until_done(&script)
    };
    assert_eq!(status("localhost"), json!([200, "basic"]));
    // To browsers this is another origin, of which a page may not even see the status.
    let before = member.items("/users/me/sessions").len();
    let refused = browser.run_until_done(&format!(
        "fetch({:?}, {{method: 'POST', credentials: 'include'}})\
         .then((answer) => arguments[0](answer.status), () => arguments[0]('refused'))",
        app().url("/api/v1/auth/refresh?session=cookie")
    ));
    assert_eq!(refused, json!("refused"));
    assert_eq!(member.items("/users/me/sessions").len(), before);
}
