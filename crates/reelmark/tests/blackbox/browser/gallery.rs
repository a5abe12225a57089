//! Every page as it looks, and whether everybody can use it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::only_on;
use crate::support::browser::Browser;
use crate::support::scenario::Scenario;
use crate::support::{Launch, Member, Movie, TestApp, wait_for};

const TARGET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target");

/// How pages are looked at; they are searched for barriers in the first scheme of each size.
const LOOKS: [(&str, u32, u32, [&str; 2]); 2] =
    [("phone", 390, 844, ["light", "dark"]), ("desktop", 1280, 900, ["dark", "light"])];

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
    ("reports", "/me/reports"),
    ("report", "/me/reports/{report}"),
    ("admin", "/admin"),
];

/// Far more than a page takes to appear, even on a busy machine; what it takes is printed.
const PAINTED_WITHIN_MS: f64 = 10_000.0;

/// Beyond this, the makers of browsers say, people notice that things jump.
const GOOD_SHIFT: f64 = 0.1;

static MEASURES: Mutex<Vec<String>> = Mutex::new(Vec::new());

pub fn scenarios() -> Vec<Scenario> {
    only_on![Embedded: every_page_can_be_used_by_everybody]
}

/// Tells whoever runs the tests how fast the first page is.
pub fn print_measures() {
    MEASURES.lock().unwrap().iter().for_each(|line| println!("{line}"));
}

fn every_page_can_be_used_by_everybody() {
    let app = Launch::embedded().start();
    let films = with_opinions(&app);
    let admin = app.admin();
    admin.edit_profile(&json!({"display_name": "Ada Lovelace"})).expect(200);
    let browser = Browser::open(&app);
    measure(&browser);
    let report = a_report(&admin);
    let address = |path: &str| {
        path.replace("{film}", &films[0].path()).replace("{report}", &report.to_string())
    };
    let look = |(name, path): &(&str, &str)| look_at(&browser, name, &address(path));
    let mut barriers: Vec<String> = PAGES_OF_GUESTS.iter().flat_map(look).collect();
    browser.sign_in(&admin.username, &admin.password);
    barriers.extend(PAGES_OF_MEMBERS.iter().flat_map(look));
    drop(browser);
    app.stop();
    assert!(barriers.is_empty(), "{}", barriers.join("\n"));
}

/// Photographs a page in all its looks, and returns what keeps somebody from using it.
fn look_at(browser: &Browser, name: &str, path: &str) -> Vec<String> {
    let mut barriers = Vec::new();
    for (size, width, height, schemes) in LOOKS {
        browser.looks_like(width, height, schemes[0]);
        browser.visit(path);
        barriers.extend(barriers_of(browser, &format!("{name}, {size}, {}", schemes[0])));
        for scheme in schemes {
            browser.looks_like(width, height, scheme);
            browser.photograph(&screenshots().join(format!("{name}-{scheme}-{size}.png")));
        }
    }
    barriers
}

/// What axe-core finds wrong with the page.
fn barriers_of(browser: &Browser, page: &str) -> Vec<String> {
    browser.run(&axe(), &json!([]));
    let script = "axe.run({resultTypes: ['violations']}).then(\
        (found) => arguments[0](found.violations.flatMap(({id, help, nodes}) => \
            nodes.map(({target, failureSummary}) => `${id}: ${help}: ${target} ${failureSummary}`))))";
    let found = browser.run_until_done(script);
    let found = found.as_array().expect("axe should answer").clone();
    let found = found.iter().map(|barrier| format!("{page}: {}", barrier.as_str().unwrap_or("?")));
    let too_wide = "return document.documentElement.scrollWidth > innerWidth";
    let is_too_wide = browser.run(too_wide, &json!([])) == json!(true);
    found.chain(is_too_wide.then(|| format!("{page}: it scrolls sideways"))).collect()
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

/// How soon the first page appears to somebody who was never here, and how much of it jumps.
fn measure(browser: &Browser) {
    browser.visit("/");
    let measured = browser.run_until_done(
        "const done = arguments[0]; let shift = 0; \
         new PerformanceObserver((list) => list.getEntries().forEach((entry) => { \
             if (!entry.hadRecentInput) shift += entry.value; })) \
             .observe({type: 'layout-shift', buffered: true}); \
         setTimeout(() => done({ \
             shift, \
             paint: performance.getEntriesByName('first-contentful-paint')[0].startTime, \
             bytes: performance.getEntriesByType('resource') \
                 .filter((entry) => !entry.name.includes('/api/')) \
                 .reduce((sum, entry) => sum + entry.encodedBodySize, \
                     performance.getEntriesByType('navigation')[0].encodedBodySize), \
         }), 300)",
    );
    let number = |name: &str| measured[name].as_f64().expect("it should be measured");
    let (paint, shift, bytes) = (number("paint"), number("shift"), number("bytes"));
    MEASURES.lock().unwrap().push(format!(
        "first page: first contentful paint {paint:.0} ms, layout shift {shift:.4}, {:.1} KiB compressed",
        bytes / 1024.0
    ));
    assert!(paint < PAINTED_WITHIN_MS && shift < GOOD_SHIFT, "{measured}");
    assert!(bytes < 60.0 * 1024.0, "{measured}");
}

/// Some well-known films, and people who rated them.
fn with_opinions(app: &TestApp) -> Vec<Movie> {
    let films = FILMS.iter().map(|title| {
        let found = app.get(&format!("/movies?limit=1&query={}", title.replace(' ', "%20")));
        let movie = found.json(200)["items"][0].clone();
        Movie { id: movie["id"].as_i64().expect("it should be known"), etag: String::new() }
    });
    let films: Vec<Movie> = films.collect();
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
    let counted = || (app.summary(&films[0])["count"].as_i64() > Some(3)).then_some(());
    wait_for("the ratings to count", counted);
    films
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
