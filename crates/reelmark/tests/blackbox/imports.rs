//! Ratings that people bring along in files of other services.

mod bad_files;
mod files;
mod interrupted;
mod undoing;

use serde_json::{Value, json};

use self::files::{bring, counts, finished, handed_in, imported, rows};
use crate::beside_others;
use crate::support::catalogue::{ids, items_of};
use crate::support::scenario::Scenario;
use crate::support::{Movie, TestApp, eventually, unique};

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = interrupted::scenarios();
    scenarios.extend(beside_others![
        every_row_of_a_list_comes_to_an_outcome,
        a_rating_keeps_the_time_at_which_it_was_given,
        what_was_given_long_ago_is_not_trending,
        an_archive_is_read_without_what_was_taken_back,
        lists_of_imdb_of_any_age_are_read,
        a_list_of_trakt_is_read,
        a_list_of_movielens_is_read,
        a_file_brought_twice_changes_nothing_the_second_time,
        what_was_said_last_counts,
        a_dry_run_tells_what_would_be,
        an_import_is_its_owners_alone,
        the_list_has_the_own_imports_newest_first,
        an_operator_imports_a_file_for_somebody,
    ]);
    scenarios.extend(undoing::scenarios());
    scenarios.extend(bad_files::scenarios());
    scenarios
}

/// A movie that nobody else has, and its title.
fn movie(app: &TestApp, name: &str, year: i64) -> (Movie, String) {
    let title = unique(name);
    (app.somebody().add_movie(&json!({"title": title, "release_year": year})), title)
}

fn every_row_of_a_list_comes_to_an_outcome(app: &TestApp) {
    let ((up, title), ada) = (movie(app, "Up", 2009), app.sign_up("ada"));
    let twins = unique("Twins");
    let first = ada.add_movie(&json!({"title": twins, "release_year": 1988}));
    let second = ada.add_movie(&json!({"title": twins, "release_year": 1988}));
    let unknown = unique("Unknown");
    let list = format!(
        "Date,Name,Year,Letterboxd URI,Rating\n\
         2020-01-02,\"{title}\",2010,https://boxd.it/1,4.5\n\
         2020-01-03,{twins},1988,https://boxd.it/2,3\n\
         2020-01-04,{unknown},1999,https://boxd.it/3,1\n\
         2020-01-05,{unknown},1999,https://boxd.it/4,5.5\n\
         2020-01-06,{unknown},1999,https://boxd.it/5,0\n\
         2020-01-07,{unknown},1999,https://boxd.it/6,\n"
    );

    let import = imported(&ada, "ratings.csv", &list);

    let expected = json!({
        "imported": 1, "unchanged": 0, "ambiguous": 1, "unmatched": 1, "invalid": 2, "skipped": 1,
    });
    assert_eq!(import["counts"], expected);
    assert_eq!((&import["format"], &import["problem"]), (&json!("letterboxd_csv"), &json!(null)));
    let rows = rows(&ada, &import, "");
    let row = &rows[0];
    assert_eq!((&row["place"], &row["score"]), (&json!("ratings.csv, line 2"), &json!(9)));
    assert_eq!((&row["movie_id"], &row["confidence"]), (&json!(up.id), &json!("medium")));
    let candidates = rows[1]["candidates"].as_array().expect("there should be candidates");
    assert_eq!(ids(candidates), [first.id, second.id]);
    let reason = rows[3]["reason"].as_str().expect("an invalid row says why");
    assert!(reason.to_lowercase().contains("rating"), "{reason}");
    assert_eq!(rows[5]["reason"], "not_rated");
    assert_eq!(ada.get(&up.rating()).json(200)["score"], 9);
    app.wait_for_scores(&up, &[9]);
}

fn a_rating_keeps_the_time_at_which_it_was_given(app: &TestApp) {
    let ((up, title), ada) = (movie(app, "Up", 2009), app.sign_up("ada"));
    let entry = json!([{
        "rated_at": "2014-09-01T09:10:11.000Z",
        "rating": 8,
        "type": "movie",
        "movie": {"title": title, "year": 2009, "ids": {}},
    }]);

    imported(&ada, "ratings.json", entry.to_string());

    let rating = ada.get(&up.rating()).json(200);
    for time in ["created_at", "rated_at"] {
        assert_eq!(rating[time], "2014-09-01T09:10:11Z");
    }
}

fn what_was_given_long_ago_is_not_trending(app: &TestApp) {
    let (genre, ada) = (unique("Dated"), app.sign_up("ada"));
    let movies = ["Imported", "In a batch", "Of today"].map(|name| {
        let facts = json!({"title": unique(name), "release_year": 2009, "genres": [genre]});
        (ada.add_movie(&facts), facts["title"].as_str().expect("a title is a text").to_owned())
    });
    let [(imported, title), (in_a_batch, _), (of_today, _)] = &movies;
    let trending =
        || ids(&items_of(&app.get(&format!("/charts/trending?genre={genre}")).json(200)));
    let list = format!(
        "Date,Name,Year,Letterboxd URI,Rating\n2020-01-02,\"{title}\",2009,https://boxd.it/1,4.5\n"
    );

    files::imported(&ada, "ratings.csv", &list);
    let old = json!({"id": in_a_batch.id});
    let old = json!({"movie": old, "score": 3, "rated_at": "2020-01-02T03:04:05Z"});
    ada.post("/ratings/batch", &json!({"items": [old]})).expect(200);
    ada.rate(of_today, 6);
    app.wait_for_scores(imported, &[9]);
    app.wait_for_scores(in_a_batch, &[3]);

    eventually(vec![of_today.id], trending);
    ada.unrate(imported);
    app.wait_for_scores(imported, &[]);
    app.somebody().rate(imported, 7);
    eventually(vec![imported.id, of_today.id], trending);
}

fn an_archive_is_read_without_what_was_taken_back(app: &TestApp) {
    let ((up, title), ada) = (movie(app, "Up", 2009), app.sign_up("ada"));
    let (heat, other) = movie(app, "Heat", 1995);
    let heading = "Date,Name,Year,Letterboxd URI,Rating";
    let rated = |title: &str, year| format!("{heading}\n2020-01-02,{title},{year},u,4\n");
    let reviews = format!(
        "{heading},Rewatch,Review,Tags,Watched Date\n\
         2020-01-02,{title},2009,u,4,,\"Wet, and \"\"good\"\".\",,2020-01-01\n"
    );
    let archive = files::archive(&[
        ("letterboxd/ratings.csv", &rated(&title, 2009)),
        ("letterboxd/reviews.csv", &reviews),
        ("letterboxd/deleted/ratings.csv", &rated(&other, 1995)),
        ("letterboxd/orphaned/reviews.csv", &rated(&other, 1995)),
        ("letterboxd/profile.csv", "Date Joined,Username\n2011-01-01,ada\n"),
    ]);

    let import = imported(&ada, "letterboxd-ada.zip", archive);

    assert_eq!(import["format"], "letterboxd_archive");
    assert_eq!(counts(&import, ["imported", "unmatched", "invalid"]), [1, 0, 0]);
    let rating = ada.get(&up.rating()).json(200);
    assert_eq!((&rating["score"], &rating["review"]), (&json!(8), &json!("Wet, and \"good\".")));
    ada.get(&heat.rating()).problem(404, "rating_not_found");
}

fn lists_of_imdb_of_any_age_are_read(app: &TestApp) {
    let today = "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,\
        Runtime (mins),Year,Genres,Num Votes,Release Date,Directors";
    let former = "position,const,created,modified,description,Title,Title type,Directors,\
        You rated,IMDb Rating,Runtime (mins),Year,Genres,Num. Votes,Release Date (month/day/year),URL";
    for is_former in [false, true] {
        let (ada, imdb) = (app.sign_up("ada"), new_imdb_id());
        let facts = json!({"title": unique("Up"), "external_ids": {"imdb": imdb}});
        let up = ada.add_movie(&facts);
        let row = |id: &str, kind: &str, score: u8| match is_former {
            false => format!("{id},{score},2020-01-02,Oben,Up,u,{kind},8.3,96,2009,,1,,"),
            true => {
                format!("1,{id},Thu Jan  2 00:00:00 2020,,,Oben,{kind},,{score},8.3,96,2009,,1,,u")
            }
        };
        let rows = [
            row(&imdb, if is_former { "Feature Film" } else { "Movie" }, 10),
            row("tt0903747", "TV Series", 10),
            row(&imdb, "Movie", 11),
            row(&imdb, "Movie", 0),
        ];
        let heading = if is_former { former } else { today };
        let list = format!("{heading}\n{}\n", rows.join("\n"));

        let import = imported(&ada, "ratings.csv", &list);

        assert_eq!(import["format"], "imdb_csv");
        let outcomes = counts(&import, ["imported", "skipped", "invalid"]);
        assert_eq!(outcomes, [1, 1, 2], "{:#?}", files::rows(&ada, &import, ""));
        let rating = ada.get(&up.rating()).json(200);
        assert_eq!(
            (&rating["score"], &rating["rated_at"]),
            (&json!(10), &json!("2020-01-02T00:00:00Z"))
        );
        let row = &files::rows(&ada, &import, "")[0];
        assert_eq!((&row["confidence"], &row["title"]), (&json!("high"), &json!("Oben")));
    }
}

/// An id at IMDb that nobody else uses.
fn new_imdb_id() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(9_100_000);
    format!("tt{}", NEXT.fetch_add(1, Ordering::Relaxed) + std::process::id() % 1_000 * 100)
}

fn a_list_of_trakt_is_read(app: &TestApp) {
    let ada = app.sign_up("ada");
    let tmdb = 90_000_000 + i64::from(std::process::id());
    let tmdb = tmdb * 10 + i64::from(app.launch().has_worker_inside());
    let up = ada.add_movie(&json!({"title": unique("Up"), "external_ids": {"tmdb": tmdb}}));
    let entry = |rating: Value, movie: Value| json!({"rated_at": "2020-01-02T03:04:05.000Z", "rating": rating, "type": "movie", "movie": movie});
    let list = json!([
        entry(json!(7), json!({"title": "Oben", "year": 2009, "ids": {"tmdb": tmdb}})),
        entry(json!(11), json!({"title": "Oben", "year": 2009, "ids": {"tmdb": tmdb}})),
        {"rated_at": "2020-01-02T03:04:05.000Z", "rating": 5, "type": "show", "show": {"title": "X"}},
    ]);

    let import = imported(&ada, "ratings-movies.json", list.to_string());

    assert_eq!(import["format"], "trakt_json");
    assert_eq!(counts(&import, ["imported", "invalid", "skipped"]), [1, 1, 1]);
    assert_eq!(ada.get(&up.rating()).json(200)["score"], 7);
}

fn a_list_of_movielens_is_read(app: &TestApp) {
    let (ada, imdb) = (app.sign_up("ada"), new_imdb_id());
    let facts = json!({"title": unique("Up"), "external_ids": {"imdb": imdb}});
    let up = ada.add_movie(&facts);
    let number = imdb.trim_start_matches("tt");
    let list = format!(
        "movie_id,imdb_id,tmdb_id,rating,average_rating,title\n\
         700001,{number},,3.5,4.1,Oben (2009)\n700002,,,0.0,4.1,Oben (2009)\n"
    );

    let import = imported(&ada, "movielens-ratings.csv", &list);

    assert_eq!(import["format"], "movielens_csv");
    assert_eq!(counts(&import, ["imported", "invalid"]), [1, 1]);
    assert_eq!(ada.get(&up.rating()).json(200)["score"], 7);
}

fn a_file_brought_twice_changes_nothing_the_second_time(app: &TestApp) {
    let ((up, title), ada) = (movie(app, "Up", 2009), app.sign_up("ada"));
    let list = format!("Date,Name,Year,Letterboxd URI,Rating\n2020-01-02,{title},2009,u,4\n");
    imported(&ada, "ratings.csv", &list);
    let etag = ada.get(&up.rating()).expect(200).etag();

    let again = imported(&ada, "ratings.csv", &list);

    assert_eq!(counts(&again, ["imported", "unchanged"]), [0, 1]);
    assert_eq!(ada.get(&up.rating()).expect(200).etag(), etag);
}

fn what_was_said_last_counts(app: &TestApp) {
    let ((up, title), ada) = (movie(app, "Up", 2009), app.sign_up("ada"));
    let list = |day: &str, stars: &str| {
        format!("Date,Name,Year,Letterboxd URI,Rating\n{day},{title},2009,u,{stars}\n")
    };
    imported(&ada, "ratings.csv", list("2020-01-02", "4"));
    let newer = imported(&ada, "ratings.csv", list("2021-01-02", "3"));
    assert_eq!(counts(&newer, ["imported", "unchanged"]), [1, 0]);
    assert_eq!(ada.get(&up.rating()).json(200)["score"], 6);
    ada.review(&up, 10, "Wet.").expect(200);

    let older = imported(&ada, "ratings.csv", list("2022-01-02", "1"));

    assert_eq!(counts(&older, ["imported", "unchanged"]), [0, 1]);
    assert!(rows(&ada, &older, "")[0]["reason"].is_string());
    let rating = ada.get(&up.rating()).json(200);
    assert_eq!((&rating["score"], &rating["review"]), (&json!(10), &json!("Wet.")));
    app.wait_for_scores(&up, &[10]);
}

fn a_dry_run_tells_what_would_be(app: &TestApp) {
    let ((up, title), ada) = (movie(app, "Up", 2009), app.sign_up("ada"));
    let list = format!("Date,Name,Year,Letterboxd URI,Rating\n2020-01-02,{title},2009,u,4\n");

    let import = finished(&ada, &bring(&ada, "?dry_run=true", "ratings.csv", &list));

    assert_eq!((&import["dry_run"], &import["status"]), (&json!(true), &json!("done")));
    assert_eq!(counts(&import, ["imported", "unmatched"]), [1, 0]);
    assert_eq!(rows(&ada, &import, "")[0]["movie_id"], up.id);
    ada.get(&up.rating()).problem(404, "rating_not_found");
    let undone = ada.delete(&handed_in(&import)).json(200);
    assert_eq!(undone, json!({"reverted": 0, "kept": 0}));
}

fn an_import_is_its_owners_alone(app: &TestApp) {
    let (ada, ben) = (app.sign_up("ada"), app.sign_up("ben"));
    let path = handed_in(&imported(&ada, "ratings.json", "[]"));
    for (method, path) in [
        ("GET", path.clone()),
        ("GET", format!("{path}/rows")),
        ("DELETE", path.clone()),
        ("DELETE", format!("{path}?keep_ratings=true")),
    ] {
        ben.call(method, &path).send().problem(404, "import_not_found");
        app.admin().call(method, &path).send().problem(404, "import_not_found");
        app.call(method, &path).send().problem(401, "unauthenticated");
    }
    assert_eq!(ben.items("/users/me/imports"), Vec::<Value>::new());
    ada.get(&path).expect(200);
    ada.get("/users/me/imports/9223372036854775807").problem(404, "import_not_found");
}

fn the_list_has_the_own_imports_newest_first(app: &TestApp) {
    let ada = app.sign_up("ada");
    let brought: Vec<Value> =
        (0..3).map(|n| imported(&ada, &format!("{n}.json"), "[]")["id"].clone()).collect();

    let first = ada.get("/users/me/imports?limit=2&count=exact").json(200);
    assert_eq!(first["total"], 3);
    let cursor = first["next_cursor"].as_str().expect("there is a next page");
    let second = ada.get(&format!("/users/me/imports?limit=2&cursor={cursor}")).json(200);

    let items = [&first, &second].map(crate::support::catalogue::items_of).concat();
    let listed: Vec<_> = items.iter().rev().map(|item| item["id"].clone()).collect();
    assert_eq!(listed, brought);
    assert!(items.iter().all(|item| item["problem"]["code"] == "no_rows"));
}

fn an_operator_imports_a_file_for_somebody(app: &TestApp) {
    let ((up, title), ada) = (movie(app, "Up", 2009), app.sign_up("ada"));
    let unknown = unique("Unknown");
    let list = format!(
        "Date,Name,Year,Letterboxd URI,Rating\n2020-01-02,{title},2009,u,4\n\
         2020-01-02,{unknown},2009,u,4\n"
    );
    let folder = tempfile::tempdir().expect("there should be room");
    let file = folder.path().join("ratings.csv");
    std::fs::write(&file, list).expect("there should be room");
    let file = file.to_str().expect("paths should be UTF-8");
    let import = |more: &[&str]| {
        let all = [&["import", "personal", file, "--user"], more].concat();
        app.launch().run(&all)
    };

    let dry = import(&[&ada.username, "--dry-run"]);
    assert!(dry.succeeded && dry.stdout.contains("Would be imported: 1."), "{}", dry.stderr);
    ada.get(&up.rating()).problem(404, "rating_not_found");

    let done = import(&[&ada.username]);
    assert!(done.succeeded, "{}", done.stderr);
    assert!(done.stdout.contains("Imported: 1.") && done.stdout.contains("Unmatched: 1."));
    assert!(done.stdout.contains(&unknown), "{}", done.stdout);
    assert_eq!(ada.get(&up.rating()).json(200)["score"], 8);
    assert_eq!(ada.items("/users/me/imports").len(), 2);

    let nobody = import(&[&crate::support::unique_name("nobody")]);
    assert!(!nobody.succeeded && nobody.stderr.contains("no such user"), "{}", nobody.stderr);
}
