use serde_json::json;

use super::files::{bring, finished, handed_in, imported, rows};
use super::movie;
use crate::beside_others;
use crate::support::TestApp;
use crate::support::scenario::Scenario;

pub fn scenarios() -> Vec<Scenario> {
    beside_others![
        an_import_is_taken_back_to_what_was_there,
        what_was_changed_since_the_import_stays,
        an_import_can_be_forgotten_without_its_ratings,
        nobody_has_too_many_imports,
    ]
}

fn an_import_is_taken_back_to_what_was_there(app: &TestApp) {
    let ((up, up_title), ada) = (movie(app, "Up", 2009), app.sign_up("ada"));
    let (heat, heat_title) = movie(app, "Heat", 1995);
    let heading = "Date,Name,Year,Letterboxd URI,Rating\n";
    let first = format!("{heading}2019-01-02,{up_title},2009,u,2\n");
    imported(&ada, "ratings.csv", &first);
    let before = ada.get(&up.rating()).json(200);
    let second =
        format!("{heading}2020-01-02,{up_title},2009,u,5\n2020-01-02,{heat_title},1995,u,4\n");
    let import = imported(&ada, "ratings.csv", &second);
    assert_eq!(import["counts"]["imported"], 2);

    let undone = ada.delete(&handed_in(&import)).json(200);

    assert_eq!(undone, json!({"reverted": 2, "kept": 0}));
    assert_eq!(ada.get(&up.rating()).json(200), before);
    ada.get(&heat.rating()).problem(404, "rating_not_found");
    app.wait_for_scores(&up, &[4]);
    app.wait_for_scores(&heat, &[]);
    assert_eq!(ada.get(&handed_in(&import)).json(200)["status"], "undone");
    assert_eq!(rows(&ada, &import, "").len(), 2);
    assert_eq!(ada.delete(&handed_in(&import)).json(200), undone, "asking again tells the same");
}

fn what_was_changed_since_the_import_stays(app: &TestApp) {
    let ((up, up_title), ada) = (movie(app, "Up", 2009), app.sign_up("ada"));
    let (heat, heat_title) = movie(app, "Heat", 1995);
    let list = format!(
        "Date,Name,Year,Letterboxd URI,Rating\n\
         2020-01-02,{up_title},2009,u,5\n2020-01-02,{heat_title},1995,u,4\n"
    );
    let import = imported(&ada, "ratings.csv", &list);
    ada.rate(&up, 3);

    let undone = ada.delete(&handed_in(&import)).json(200);

    assert_eq!(undone, json!({"reverted": 1, "kept": 1}));
    assert_eq!(ada.get(&up.rating()).json(200)["score"], 3);
    ada.get(&heat.rating()).problem(404, "rating_not_found");
}

fn an_import_can_be_forgotten_without_its_ratings(app: &TestApp) {
    let ((up, title), ada) = (movie(app, "Up", 2009), app.sign_up("ada"));
    let list = format!("Date,Name,Year,Letterboxd URI,Rating\n2020-01-02,{title},2009,u,5\n");
    let path = handed_in(&imported(&ada, "ratings.csv", &list));

    let forgotten = ada.delete(&format!("{path}?keep_ratings=true")).json(200);

    assert_eq!(forgotten, json!({"reverted": 0, "kept": 1}));
    ada.get(&path).problem(404, "import_not_found");
    ada.get(&format!("{path}/rows")).problem(404, "import_not_found");
    assert_eq!(ada.get(&up.rating()).json(200)["score"], 10);
}

fn nobody_has_too_many_imports(app: &TestApp) {
    let ada = app.sign_up("ada");
    for _ in 0..20 {
        finished(&ada, &bring(&ada, "", "ratings.json", "[]"));
    }
    let refused = super::files::form(&ada, "", "ratings.json", b"[]");
    refused.problem(409, "too_many_imports");
    let some = ada.items("/users/me/imports")[0].clone();
    ada.delete(&format!("{}?keep_ratings=true", handed_in(&some))).expect(200);
    bring(&ada, "", "ratings.json", "[]");
}
