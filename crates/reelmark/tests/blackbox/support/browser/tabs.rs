//! Several tabs of one browser, which share their cookies.

use serde_json::{Value, json};

use super::Browser;

impl Browser {
    /// The tab that is looked at.
    #[track_caller]
    pub fn tab(&self) -> String {
        let asked = self.client.get(format!("{}/window", self.session)).send();
        let answer: Value = asked.and_then(|answer| answer.json()).expect("the driver answers");
        answer["value"].as_str().expect("a tab has a name").to_owned()
    }

    /// Opens another tab and looks at it.
    #[track_caller]
    pub fn open_tab(&self) -> String {
        let opened = self.command("/window/new", &json!({"type": "tab"})).expect("it should open");
        let tab = opened["handle"].as_str().expect("a tab has a name").to_owned();
        self.switch_to(&tab);
        tab
    }

    #[track_caller]
    pub fn switch_to(&self, tab: &str) {
        self.command("/window", &json!({"handle": tab})).expect("the tab should be there");
    }

    /// The value of a cookie of the service, whoever may read it.
    #[track_caller]
    pub fn cookie(&self, name: &str) -> String {
        let cookies = self.devtools("Network.getCookies", &json!({"urls": [self.home]}));
        let cookies = cookies["cookies"].as_array().cloned().unwrap_or_default();
        let found = cookies.iter().find(|cookie| cookie["name"] == name);
        let value = found.and_then(|cookie| cookie["value"].as_str());
        value.unwrap_or_else(|| panic!("no {name}")).to_owned()
    }

    /// Puts another value into a cookie that belongs to this host alone.
    pub fn set_cookie(&self, name: &str, value: &str) {
        let cookie = json!({
            "name": name, "value": value, "url": self.home, "path": "/",
            "secure": true, "httpOnly": true, "sameSite": "Strict",
        });
        self.devtools("Network.setCookie", &cookie);
    }
}
