//! Movies and ratings that operators bring from files, and take out again.

mod bad_files;
mod folder;
mod interrupted;
mod moving;

use std::path::Path;
use std::time::Duration;

use serde_json::json;

use self::folder::{Folder, TINY_LINKS, TINY_MOVIES, TINY_RATINGS, done, refused};
use crate::alone;
use crate::support::catalogue::{histogram, histogram_of, items_of};
use crate::support::member::patiently;
use crate::support::scenario::Scenario;
use crate::support::{Stack, TestApp, eventually};

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = interrupted::scenarios();
    scenarios.extend(alone![
        a_folder_of_movielens_becomes_movies_and_private_ratings,
        a_trial_stores_nothing,
        a_trial_tells_what_is_there_already,
        what_cannot_be_taken_is_written_down,
        a_movie_that_is_known_is_not_added_again,
        movies_of_imdb_are_taken_when_enough_people_know_them,
        movies_without_ids_are_the_ones_of_the_same_title_and_year,
        ml_100k_is_taken_whole,
    ]);
    scenarios.extend(moving::scenarios());
    scenarios.extend(bad_files::scenarios());
    scenarios
}

/// An unoptimised program on a busy machine reads some thousand rows a second.
const A_SET_TAKES: Duration = Duration::from_secs(300);

fn tiny() -> Folder {
    Folder::new("ml-tiny")
        .with("movies.csv", TINY_MOVIES)
        .with("links.csv", TINY_LINKS)
        .with("ratings.csv", TINY_RATINGS)
}

fn found(app: &TestApp, title: &str) -> serde_json::Value {
    let page = app.get(&format!("/movies?query={title}")).json(200);
    items_of(&page).first().unwrap_or_else(|| panic!("no {title}: {page}")).clone()
}

fn a_folder_of_movielens_becomes_movies_and_private_ratings(stack: Stack) {
    let app = stack.launch().start();
    let folder = tiny();
    let import = ["import", "movielens", folder.path()];

    let told = done(app.launch().run(&import));
    assert!(told.contains("movies.csv: 4 rows: 4 added"), "{told}");
    assert!(told.contains("ratings.csv: 5 rows: 5 added"), "{told}");

    let city = found(&app, "city+of+lost+children");
    assert_eq!(city["title"], "The City of Lost Children");
    assert_eq!(city["external_ids"], json!({"imdb": "tt0112682", "tmdb": 902, "movielens": 2}));
    let path = format!("/movies/{}", city["id"]);
    let summary = || histogram(&app.get(&format!("{path}/rating-summary")).json(200));
    eventually(histogram_of(&[8, 10]), summary);
    let listed = app.get(&format!("{path}/ratings?count=exact")).json(200);
    assert_eq!((items_of(&listed).len(), &listed["total"]), (0, &json!(0)));
    nobody_can_be_a_rater(&app);

    let again = done(app.launch().run(&import));
    assert!(again.contains("ratings.csv: 5 rows: 0 added, 0 changed, 5 there already"), "{again}");
    assert!(again.contains("Nothing changed"), "{again}");
    let audit = done(app.launch().run(&["audit"]));
    assert!(audit.contains("4 summaries were compared, 0 of them differ."), "{audit}");
    app.stop();
}

fn nobody_can_be_a_rater(app: &TestApp) {
    for login in ["~ml-tiny:1", "~ML-tiny:1"] {
        let attempt = json!({"login": login, "password": "!"});
        patiently(|| app.post("/auth/login", &attempt)).problem(401, "invalid_credentials");
    }
    assert_ne!(app.get("/users/~ml-tiny:1").status, 200);
    for command in
        [&["user", "enable", "~ml-tiny:1"][..], &["user", "set-role", "~ml-tiny:1", "admin"]]
    {
        refused(app.launch().run(command));
    }
}

fn a_trial_stores_nothing(stack: Stack) {
    let launch = stack.launch();
    let folder = tiny();
    let told = done(launch.run(&["import", "movielens", folder.path(), "--dry-run"]));
    assert!(told.contains("movies.csv: 4 rows: 4 to add"), "{told}");
    assert!(told.contains("ratings.csv: 5 rows: 5 to add"), "{told}");
    assert!(told.contains("nothing was stored"), "{told}");
    assert_eq!(done(launch.run(&["export", "movies"])).lines().count(), 1);
    assert_eq!(done(launch.run(&["export", "ratings"])).lines().count(), 1);
}

fn a_trial_tells_what_is_there_already(stack: Stack) {
    let launch = stack.launch();
    done(launch.run(&["import", "movielens", tiny().path()]));
    let told =
        |folder: &Folder| done(launch.run(&["import", "movielens", folder.path(), "--dry-run"]));

    let same = told(&tiny());
    assert!(same.contains("movies.csv: 4 rows: 0 to add, 0 to change, 4 there"), "{same}");
    assert!(same.contains("ratings.csv: 5 rows: 0 to add, 0 to change, 5 there"), "{same}");

    let rows = "userId,movieId,rating,timestamp\n1,1,1.0,1700000000\n77,1,4.0,964982703\n";
    let other = told(&tiny().with("ratings.csv", rows));
    assert!(other.contains("ratings.csv: 2 rows: 1 to add, 1 to change, 0 there"), "{other}");
}

fn what_cannot_be_taken_is_written_down(stack: Stack) {
    let launch = stack.launch();
    let folder =
        tiny().with("links.csv", "movieId,imdbId,tmdbId\n1,0114709,862\n2,0112682,862\n").with(
            "ratings.csv",
            "userId,movieId,rating,timestamp\n1,1,4.0,964982703\n1,9,4.0,964982703\n\
             1,2,0.0,964982703\n1,3,5.5,964982703\n2,1,3.0,4102444800\n\
             99999999999999999999,1,3.0,964982703\n3,1,3.0,964982703",
        );
    let rejects = folder.file("rejects.csv");

    let told = done(launch.run(&["import", "movielens", folder.path(), "--rejects", &rejects]));

    assert!(told.contains("ratings.csv: 7 rows: 2 added"), "{told}");
    assert!(told.contains("5 rejected"), "{told}");
    let written = std::fs::read_to_string(rejects).unwrap();
    let mut lines = written.lines();
    assert_eq!(lines.next(), Some("file,line,reason"));
    let taken = "links.csv,3,the TMDB id belongs to another movie and was left out";
    assert_eq!(lines.next(), Some(taken));
    assert_eq!(lines.next(), Some("ratings.csv,3,no movie has the number 9"));
    let places: Vec<String> =
        lines.map(|line| line.split(',').take(2).collect::<Vec<_>>().join(",")).collect();
    assert_eq!(places, ["ratings.csv,4", "ratings.csv,5", "ratings.csv,6", "ratings.csv,7"]);
}

fn a_movie_that_is_known_is_not_added_again(stack: Stack) {
    let app = stack.launch().start();
    let ada = app.sign_up("ada");
    let story =
        json!({"title": "Toy Story", "release_year": 1995, "external_ids": {"imdb": "tt0114709"}});
    let movie = ada.add_movie(&story);
    ada.rate(&movie, 9);
    let folder = tiny();

    let told = done(app.launch().run(&["import", "movielens", folder.path()]));

    assert!(told.contains("movies.csv: 4 rows: 3 added, 1 changed"), "{told}");
    app.wait_for_scores(&movie, &[9, 8, 10]);
    eventually(json!({"imdb": "tt0114709", "tmdb": 862, "movielens": 1}), || {
        app.movie(&movie)["external_ids"].clone()
    });
    let listed = app.get(&movie.ratings()).json(200);
    assert_eq!(items_of(&listed).len(), 1);
    app.stop();
}

const BASICS: &str = "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres
tt0022100\tmovie\tM\tM - Eine Stadt sucht einen Mörder\t0\t1931\t\\N\t117\tCrime,Mystery
tt0000001\tshort\tCarmencita\tCarmencita\t0\t1894\t\\N\t1\tShort
tt0903747\ttvSeries\tBreaking Bad\tBreaking Bad\t0\t2008\t2013\t49\tCrime
tt9999999\tmovie\tUnknown\tUnknown\t0\t\\N\t\\N\t\\N\t\\N
";

const VOTES: &str = "tconst\taverageRating\tnumVotes
tt0022100\t8.3\t170000
tt0000001\t5.7\t2000
";

fn movies_of_imdb_are_taken_when_enough_people_know_them(stack: Stack) {
    let launch = stack.launch();
    let folder =
        Folder::new("imdb").with("title.basics.tsv", BASICS).with("title.ratings.tsv", VOTES);
    let known = ["import", "imdb-titles", folder.path(), "--min-votes", "10000"];
    let told = done(launch.run(&known));
    assert!(
        told.contains("title.basics.tsv: 4 rows: 1 added, 0 changed, 0 there already, 3 skipped"),
        "{told}"
    );
    let told = done(launch.run(&["import", "imdb-titles", folder.path()]));
    assert!(told.contains("2 added, 0 changed, 1 there already, 1 skipped"), "{told}");
    let movies = done(launch.run(&["export", "movies"]));
    assert!(
        movies.contains("tt0022100,,,M,M - Eine Stadt sucht einen Mörder,,1931,117"),
        "{movies}"
    );
}

fn movies_without_ids_are_the_ones_of_the_same_title_and_year(stack: Stack) {
    let launch = stack.launch();
    let folder = Folder::new("own")
        .with("mine.csv", "title,year,directors\nUp,2009,Pete Docter\nM,1931,Fritz Lang\nM,1951,Joseph Losey\nM,1931,\n");
    let import = ["import", "movies", &folder.file("mine.csv")];
    let told = done(launch.run(&import));
    assert!(told.contains("mine.csv: 4 rows: 3 added, 0 changed, 1 there already"), "{told}");
    let told = done(launch.run(&import));
    assert!(told.contains("4 rows: 0 added, 0 changed, 4 there already"), "{told}");
    assert!(told.contains("Nothing changed"), "{told}");
}

fn ml_100k_is_taken_whole(stack: Stack) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/ml-100k");
    let Ok(folder) = folder.canonicalize() else { return };
    let launch = stack.launch();
    let import = launch.start_command(&["import", "movielens", folder.to_str().unwrap()]);
    let told = done(import.wait_within(A_SET_TAKES));
    assert!(told.contains("ml-100k.item: 1,682 rows: 1,682 added"), "{told}");
    assert!(told.contains("ml-100k.inter: 100,000 rows: 100,000 added"), "{told}");
    done(launch.run(&["audit"]));
}
