//! Several tabs, which share one cookie.

use serde_json::{Value, json};

use crate::only_on;
use crate::support::Stack;
use crate::support::browser::Browser;
use crate::support::scenario::Scenario;

const COOKIE: &str = "__Host-reelmark";

/// What a tab hears when somebody signed in in another one: it renews its token.
const RENEW: &str = "new BroadcastChannel('reelmark.session').postMessage('signed-in')";

const IS_MEMBER: &str = "return document.querySelector('.menu-button')";
const IS_GUEST: &str = "return document.querySelector('.bar-links a[href=\"/sign-in\"]')";

pub fn scenarios() -> Vec<Scenario> {
    only_on![Embedded:
        signing_out_in_one_tab_signs_the_others_out,
        tabs_that_renew_at_once_take_turns_and_stay_signed_in,
        an_answer_that_was_lost_signs_nobody_out,
    ]
}

/// A browser where somebody is signed in.
fn signed_in() -> Browser {
    let app = Stack::Embedded.shared_app();
    let member = app.sign_up("tabs");
    let browser = Browser::open(app);
    browser.sign_in(&member.username, &member.password);
    browser
}

fn signing_out_in_one_tab_signs_the_others_out() {
    let browser = signed_in();
    let first = browser.tab();
    let second = browser.open_tab();
    browser.visit("/me");
    browser.wait_for_text("main", "Rated films");
    browser.switch_to(&first);
    browser.click(".menu-button");
    browser.click("#account-menu button");
    browser.wait_for(IS_GUEST);
    browser.switch_to(&second);
    browser.wait_for(IS_GUEST);
    browser.wait_for_text("main", "Sign in to see this");
}

/// When a tab renewed its token, in milliseconds since 1970.
fn renewal(browser: &Browser, tab: &str) -> (f64, f64) {
    browser.switch_to(tab);
    let script = "const [renewal, more] = performance.getEntriesByType('resource') \
            .filter(({name, responseEnd}) => name.includes('/auth/refresh') && responseEnd); \
        const at = (time) => performance.timeOrigin + time; \
        return renewal && !more && [at(renewal.startTime), at(renewal.responseEnd)]";
    let times = browser.wait_for(script);
    let time = |n: usize| times[n].as_f64().expect("it should be a time");
    (time(0), time(1))
}

fn tabs_that_renew_at_once_take_turns_and_stay_signed_in() {
    let browser = signed_in();
    let first = browser.tab();
    let second = browser.open_tab();
    browser.visit("/");
    browser.wait_for(IS_MEMBER);
    for tab in [&second, &first] {
        browser.switch_to(tab);
        browser.run("performance.clearResourceTimings()", &json!([]));
    }
    browser.run(RENEW, &json!([]));
    let mut renewals = [renewal(&browser, &first), renewal(&browser, &second)];
    renewals.sort_by(|one, other| one.0.total_cmp(&other.0));
    let [(_, end), (start, _)] = renewals;
    // Tabs tell the time to a tenth of a millisecond.
    assert!(start >= end - 1.0, "they renewed at once: {renewals:?}");
    for tab in [&first, &second] {
        browser.switch_to(tab);
        browser.visit("/me");
        browser.wait_for_text("main", "Rated films");
    }
}

fn an_answer_that_was_lost_signs_nobody_out() {
    let browser = signed_in();
    let before = browser.cookie(COOKIE);
    let renew = "fetch('/api/v1/auth/refresh?session=cookie', {method: 'POST'}) \
                 .then((answer) => arguments[0](answer.status))";
    assert_eq!(browser.run_until_done(renew), json!(200));
    assert_ne!(browser.cookie(COOKIE), before);
    // As if the answer with the new one had never come.
    browser.set_cookie(COOKIE, &before);
    browser.visit("/me");
    browser.wait_for_text("main", "Rated films");

    // An answer that breaks off is asked for again by the app itself.
    let break_off = "const fetched = window.fetch; \
        window.fetch = async (...request) => { \
            const answer = await fetched(...request); \
            if (!request[0].includes('/auth/refresh')) return answer; \
            window.renewals = (window.renewals ?? 0) + 1; \
            if (window.renewals === 1) throw new TypeError('Failed to fetch'); \
            return answer; \
        }";
    browser.run(break_off, &json!([]));
    browser.run(RENEW, &json!([]));
    assert_eq!(browser.wait_for("return window.renewals === 2 && 2"), Value::from(2));
    browser.wait_for(IS_MEMBER);
    browser.visit("/me");
    browser.wait_for_text("main", "Rated films");
}
