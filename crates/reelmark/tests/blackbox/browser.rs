//! The web app in a real browser, on the embedded stack.

mod finding;
mod gallery;
mod journeys;
mod measures;
mod moving;
mod strangers;
mod tabs;

use crate::support::browser::Browser;
use crate::support::scenario::Scenario;

pub use measures::print_measures;

/// Keys that have no character, as WebDriver writes them.
pub mod keys {
    pub const TAB: &str = "\u{e004}";
    pub const ENTER: &str = "\u{e007}";
    pub const ARROW_LEFT: &str = "\u{e012}";
    pub const ARROW_DOWN: &str = "\u{e015}";
}

/// What takes the browser for longest. The others wait for it, so they come when it is done.
pub fn slow_scenarios() -> Vec<Scenario> {
    gallery::scenarios()
}

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = journeys::scenarios();
    scenarios.extend(finding::scenarios());
    scenarios.extend(moving::scenarios());
    scenarios.extend(strangers::scenarios());
    scenarios.extend(tabs::scenarios());
    scenarios
}

impl Browser {
    /// Signs somebody in by the form.
    #[track_caller]
    pub fn sign_in(&self, username: &str, password: &str) {
        self.visit("/sign-in");
        self.fill("#field-login", username);
        self.fill("#field-password", password);
        self.press(keys::ENTER);
        self.wait_for("return document.querySelector('.menu-button')");
        self.settle();
    }
}
