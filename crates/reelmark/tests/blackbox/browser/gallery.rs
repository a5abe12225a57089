//! Every page as it looks, and whether everybody can use it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::measures::measure;
use crate::only_on;
use crate::support::browser::Browser;
use crate::support::catalogue::items_of;
use crate::support::scenario::Scenario;
use crate::support::{Launch, Member, Movie, TestApp, wait_for};

const TARGET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target");

/// How pages are looked at.
const LOOKS: [(&str, u32, u32); 2] = [("phone", 390, 844), ("desktop", 1280, 900)];

const SCHEMES: [&str; 2] = ["light", "dark"];

/// The smallest and the largest that it is made for.
const EXTREMES: [(&str, u32, u32); 2] = [("narrow", 360, 740), ("wall", 3840, 2160)];

const PAGES_OF_GUESTS: &[(&str, &str)] = &[
    ("home", "/"),
    ("browse", "/browse"),
    ("search", "/browse?query=star&genre=Sci-Fi"),
    ("chart", "/charts/top-rated"),
    ("film", "{film}"),
    ("profile", "/users/katherine"),
    ("sign-in", "/sign-in"),
    ("sign-up", "/sign-up"),
    ("activate", "/activate"),
    ("forgot-password", "/forgot-password"),
    ("reset-password", "/reset-password"),
    ("nothing", "/nowhere/at/all"),
];

const PAGES_OF_MEMBERS: &[(&str, &str)] = &[
    ("home-member", "/"),
    ("film-member", "{film}"),
    ("edit-film", "{film}/edit"),
    ("new-film", "/movies/new"),
    ("me", "/me"),
    ("settings", "/me/settings"),
    ("sessions", "/me/sessions"),
    ("imports", "/me/imports"),
    ("import", "/me/imports/{import}"),
    ("reports", "/me/reports"),
    ("report", "/me/reports/{report}"),
    ("admin", "/admin"),
];

pub fn scenarios() -> Vec<Scenario> {
    only_on![Embedded: every_page_can_be_used_by_everybody]
}

fn every_page_can_be_used_by_everybody() {
    let app = Launch::embedded().start();
    let browser = Browser::open(&app);
    let mut wrong = fresh(&browser, &app);
    let films = with_opinions(&app);
    let admin = app.admin();
    admin.edit_profile(&json!({"display_name": "Ada Lovelace"})).expect(200);
    let (report, import) = (a_report(&admin), an_import(&admin));
    let address = |path: &str| {
        let path = path.replace("{film}", &films[0].path());
        path.replace("{report}", &report.to_string()).replace("{import}", &import.to_string())
    };
    let look = |(name, path): &(&str, &str)| look_at(&browser, name, &address(path));
    wrong.extend(measure_all(&browser, "with ratings", &films[0]));
    wrong.extend(PAGES_OF_GUESTS.iter().flat_map(look));
    browser.sign_in(&admin.username, &admin.password);
    wrong.extend(measure_all(&browser, "signed in", &films[0]));
    wrong.extend(PAGES_OF_MEMBERS.iter().flat_map(look));
    drop(browser);
    app.stop();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// As it is before anybody has rated anything.
fn fresh(browser: &Browser, app: &TestApp) -> Vec<String> {
    let film = film_titled(app, FILMS[0]);
    let mut wrong = measure_all(browser, "fresh", &film);
    wrong.extend(look_at(browser, "home-fresh", "/"));
    wrong
}

fn measure_all(browser: &Browser, state: &str, film: &Movie) -> Vec<String> {
    let pages = [("home", "/"), ("browse", "/browse"), ("film", &film.path())];
    let measured = pages.map(|(name, path)| measure(browser, &format!("{name} {state}"), path));
    measured.concat()
}

/// Photographs a page in all its looks, and returns what keeps somebody from using it.
fn look_at(browser: &Browser, name: &str, path: &str) -> Vec<String> {
    let mut barriers = Vec::new();
    for (size, width, height) in LOOKS {
        browser.looks_like(width, height, SCHEMES[0]);
        browser.visit(path);
        for scheme in SCHEMES {
            browser.looks_like(width, height, scheme);
            barriers.extend(barriers_of(browser, &format!("{name}, {size}, {scheme}")));
            browser.photograph(&screenshots().join(format!("{name}-{scheme}-{size}.png")));
        }
    }
    for (size, width, height) in EXTREMES {
        browser.looks_like(width, height, SCHEMES[0]);
        barriers.extend(is_too_wide(browser).then(|| format!("{name}, {size}: too wide")));
        browser.photograph(&screenshots().join(format!("{name}-{size}.png")));
    }
    barriers
}

/// Whether it scrolls sideways.
fn is_too_wide(browser: &Browser) -> bool {
    let script = "return document.documentElement.scrollWidth > innerWidth";
    browser.run(script, &json!([])) == json!(true)
}

/// What axe-core finds wrong with the page.
fn barriers_of(browser: &Browser, page: &str) -> Vec<String> {
    let is_there = browser.run("return 'axe' in window", &json!([])) == json!(true);
    if !is_there {
        browser.run(&axe(), &json!([]));
    }
    let script = "axe.run({resultTypes: ['violations']}).then(\
        (found) => arguments[0](found.violations.flatMap(({id, help, nodes}) => \
            nodes.map(({target, failureSummary}) => `${id}: ${help}: ${target} ${failureSummary}`))))";
    let found = browser.run_until_done(script);
    let found = found.as_array().expect("axe should answer").clone();
    let found = found.iter().map(|barrier| format!("{page}: {}", barrier.as_str().unwrap_or("?")));
    found.chain(is_too_wide(browser).then(|| format!("{page}: too wide"))).collect()
}

fn axe() -> String {
    let missing = "axe-core is missing: run scripts/install-test-servers.sh";
    fs::read_to_string(Path::new(TARGET).join("axe/axe.min.js")).expect(missing)
}

fn screenshots() -> PathBuf {
    let folder = Path::new(TARGET).join("screenshots");
    fs::create_dir_all(&folder).expect("the folder should be ours");
    folder
}

/// Some well-known films, and people who rated them.
fn with_opinions(app: &TestApp) -> Vec<Movie> {
    let films: Vec<Movie> = FILMS.iter().map(|title| film_titled(app, title)).collect();
    let people = PEOPLE.map(|name| somebody(app, name));
    for (n, person) in people.iter().chain([&app.admin()]).enumerate() {
        for (k, film) in films.iter().enumerate().filter(|(k, _)| (n + k) % 4 != 0) {
            let score = 10 - (k / 4) as i64 - ((n * 7 + k * 3) % 4) as i64;
            match REVIEWS.get((n + k) % 9) {
                Some(review) => drop(person.review(film, score, review)),
                None => drop(person.rate(film, score)),
            }
        }
    }
    for chart in ["top-rated", "trending", "most-rated"] {
        let path = format!("/charts/{chart}?limit=14");
        let is_full = || (items_of(&app.get(&path).json(200)).len() == 14).then_some(());
        wait_for("the charts to be full", is_full);
    }
    films
}

fn film_titled(app: &TestApp, title: &str) -> Movie {
    let found = app.get(&format!("/movies?limit=1&query={}", title.replace(' ', "%20")));
    let movie = found.json(200)["items"][0].clone();
    Movie { id: movie["id"].as_i64().expect("it should be known"), etag: String::new() }
}

/// Somebody with a name that looks well in a picture; the app is ours alone.
fn somebody(app: &TestApp, name: &str) -> Member {
    use crate::support::secrets::{email_of, password_of};
    let (email, password) = (email_of(name), password_of("7"));
    let account = json!({"username": name, "email": email, "password": password});
    app.post("/users", &account).expect(201);
    let member = Member::sign_in(app, name, &password);
    let bio = "I watch everything twice: once for the story, once for the light.";
    member.edit_profile(&json!({"bio": bio})).expect(200);
    member
}

fn a_report(member: &Member) -> Value {
    let id = member.post("/reports", &json!({"kind": "user"})).json(202)["id"].clone();
    let done = || {
        let report = member.get(&format!("/reports/{id}")).json(200);
        (report["status"] == "done").then_some(())
    };
    wait_for("the report", done);
    id
}

fn an_import(member: &Member) -> Value {
    let form = format!(
        "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"ratings.csv\"\r\n\r\n\
         {RATINGS}\r\n--XX--\r\n"
    );
    let import = member.call("POST", "/users/me/imports?dry_run=false");
    let import = import.body("multipart/form-data; boundary=XX", form).send();
    let id = import.json(202)["id"].clone();
    let done = || {
        let import = member.get(&format!("/users/me/imports/{id}")).json(200);
        (import["status"] == "done").then_some(())
    };
    wait_for("the import", done);
    id
}

const RATINGS: &str = "Date,Name,Year,Letterboxd URI,Rating
2024-02-01,Solaris,1972,https://boxd.it/1,4.5
2024-02-02,Ran,1985,https://boxd.it/2,5
2024-02-03,The Thing,,https://boxd.it/3,4
2024-02-04,A Film That Nobody Made,1990,https://boxd.it/4,2
2024-02-05,Metropolis,1927,https://boxd.it/5,eleven
";

const PEOPLE: [&str; 5] = ["grace", "hedy", "katherine", "margaret", "barbara"];

const FILMS: &[&str] = &[
    "Stalker",
    "The Godfather",
    "Seven Samurai",
    "My Neighbor Totoro",
    "Rear Window",
    "Alien",
    "Casablanca",
    "Once Upon a Time in the West",
    "City of God",
    "Vertigo",
    "Fargo",
    "Blade Runner",
    "The Shining",
    "Psycho",
    "Heat",
    "Jaws",
];

const REVIEWS: &[&str] = &[
    "Slow, and not a minute too long. I came out into a rain that seemed to belong to the film.",
    "Holds up better than it has any right to.",
    "Every frame is a painting, and every silence says something.\n\nThe last ten minutes are as good as films get.",
];
