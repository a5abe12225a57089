//! What people do with keys, a mouse and fingers.

use std::path::Path;

use serde_json::{Value, json};

use super::{Browser, ELEMENT};
use crate::support::wait_for;

impl Browser {
    #[track_caller]
    fn element(&self, selector: &str) -> String {
        let body = json!({"using": "css selector", "value": selector});
        let found = wait_for(selector, || self.command("/element", &body).ok());
        found[ELEMENT].as_str().expect("it should be an element").to_owned()
    }

    /// Clicks as people do: in the middle of what can be seen.
    #[track_caller]
    pub fn click(&self, selector: &str) {
        let path = format!("/element/{}/click", self.element(selector));
        wait_for(selector, || self.command(&path, &json!({})).ok());
    }

    /// Puts a text in place of what stands in a box.
    #[track_caller]
    pub fn fill(&self, selector: &str, text: &str) {
        let element = self.element(selector);
        let cleared = self.command(&format!("/element/{element}/clear"), &json!({}));
        cleared.unwrap_or_else(|error| panic!("{selector}: {error}"));
        let typed = self.command(&format!("/element/{element}/value"), &json!({"text": text}));
        typed.unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// Chooses an option by its value.
    #[track_caller]
    pub fn choose(&self, selector: &str, value: &str) {
        let script = "const [box, value] = arguments; \
            box.value = value; \
            box.dispatchEvent(new Event('change', {bubbles: true}))";
        self.run(script, &json!([{ ELEMENT: self.element(selector) }, value]));
    }

    /// Chooses a file for an input, which need not be visible.
    #[track_caller]
    pub fn choose_file(&self, selector: &str, file: &Path) {
        let path = format!("/element/{}/value", self.element(selector));
        self.command(&path, &json!({"text": file})).expect("a file can be chosen");
    }

    /// Presses and releases keys one after the other, wherever the focus is.
    #[track_caller]
    pub fn press(&self, keys: &str) {
        let strokes = keys.chars().flat_map(|key| {
            [json!({"type": "keyDown", "value": key}), json!({"type": "keyUp", "value": key})]
        });
        let strokes: Vec<Value> = strokes.collect();
        let body = json!({"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]});
        self.command("/actions", &body).expect("keys can be pressed");
    }

    /// Clicks at a place in an element, given in hundredths of its width from its left.
    #[track_caller]
    pub fn click_at(&self, selector: &str, hundredths: u32) {
        self.point("mouse", selector, &[(hundredths, 0)]);
    }

    /// Puts a finger on an element and lifts it where the last of the places is: hundredths of the
    /// element's width from its left, and pixels below its middle.
    #[track_caller]
    pub fn touch(&self, selector: &str, places: &[(u32, i32)]) {
        self.point("touch", selector, places);
    }

    #[track_caller]
    fn point(&self, kind: &str, selector: &str, places: &[(u32, i32)]) {
        let element = json!({ ELEMENT: self.element(selector) });
        let script = "arguments[0].scrollIntoView({block: 'center'}); \
                      return arguments[0].getBoundingClientRect().width";
        let width = self.run(script, &json!([element])).as_f64().unwrap_or_default();
        let to = |&(hundredths, below): &(u32, i32)| {
            let from_middle = (width * (f64::from(hundredths) - 50.0) / 100.0).round();
            json!({"type": "pointerMove", "origin": element, "x": from_middle, "y": below})
        };
        let mut moves: Vec<Value> = places.iter().map(to).collect();
        moves.insert(1, json!({"type": "pointerDown", "button": 0}));
        moves.push(json!({"type": "pointerUp", "button": 0}));
        let parameters = json!({"pointerType": kind});
        let body = json!({"actions": [
            {"type": "pointer", "id": kind, "parameters": parameters, "actions": moves},
        ]});
        self.command("/actions", &body).expect("a pointer can be moved");
    }
}
