//! Lists, page by page.

use serde_json::{Value, json};

use crate::beside_others;
use crate::support::catalogue::{ids, items_of, with_cursor};
use crate::support::scenario::Scenario;
use crate::support::{Member, Movie, TestApp, eventually, unique};

pub fn scenarios() -> Vec<Scenario> {
    beside_others![
        all_pages_hold_every_movie_once_in_every_order,
        pages_stay_whole_while_ratings_arrive,
        pages_of_ratings_hold_every_rating_once,
        a_page_holds_twenty_items_unless_asked,
        the_next_page_is_linked,
        the_total_is_counted_only_when_asked_for,
        limits_out_of_range_are_refused_and_not_clamped,
        a_cursor_that_was_tampered_with_is_refused,
        a_cursor_of_another_list_is_refused,
        unknown_and_repeated_parameters_are_refused,
    ]
}

/// A genre of its own with so many movies in it.
fn genre_of(app: &TestApp, size: i64) -> (String, Vec<Movie>) {
    let (genre, somebody) = (unique("Paged"), app.somebody());
    let movies = (0..size).map(|number| {
        // Pairs of one title and one year, so that equal places are told apart.
        let (title, year) = (format!("Part {}", number / 2), 1950 + number / 2);
        somebody.add_movie(&json!({"title": title, "release_year": year, "genres": [genre]}))
    });
    let movies = movies.collect();
    (genre, movies)
}

fn sorted(mut ids: Vec<i64>) -> Vec<i64> {
    ids.sort_unstable();
    ids
}

fn all_pages_hold_every_movie_once_in_every_order(app: &TestApp) {
    let (genre, movies) = genre_of(app, 9);
    let expected = sorted(movies.iter().map(|movie| movie.id).collect());
    for sort in ["title", "release_year", "weighted_score", "rating_count", "added"] {
        let path = format!("/movies?genre={genre}&sort={sort}");
        let whole = ids(&items_of(&app.get(&path).json(200)));
        assert_eq!(sorted(whole.clone()), expected, "{sort}");
        for limit in [1, 2, 4, 9] {
            let paged = ids(&app.all_pages(&format!("{path}&limit={limit}")));
            assert_eq!(paged, whole, "{limit} by {sort}");
        }
    }
    let path = format!("/movies?genre={genre}&query=part&limit=2");
    assert_eq!(sorted(ids(&app.all_pages(&path))), expected, "by relevance");
}

fn pages_stay_whole_while_ratings_arrive(app: &TestApp) {
    let (movie, members) = (app.somebody().add_movie_titled("Up"), app.crowd(6));
    for member in &members[..5] {
        member.rate(&movie, 5);
    }
    let mut late = members[5..].iter();
    let path = format!("{}?limit=2", movie.ratings());
    let seen = app.walk(&path, |_| {
        // The first page is followed by a new rating and by a change of one that was seen already.
        if let Some(member) = late.next() {
            member.rate(&movie, 9);
            members[4].rate(&movie, 9);
        }
    });
    let mut names: Vec<_> = seen.iter().map(|item| item["user"]["username"].clone()).collect();
    names.sort_by_key(Value::to_string);
    let mut expected: Vec<_> =
        members[..5].iter().map(|member| Value::from(member.username.clone())).collect();
    expected.sort_by_key(Value::to_string);
    assert_eq!(names, expected);
}

fn pages_of_ratings_hold_every_rating_once(app: &TestApp) {
    let fan = app.sign_up("fan");
    let movies: Vec<Movie> = (0..7).map(|_| fan.add_movie_titled("Up")).collect();
    movies.iter().for_each(|movie| drop(fan.rate(movie, 7)));
    let path = format!("{}/ratings?limit=3", fan.profile());
    let seen = app.all_pages(&path);
    let seen = seen.iter().map(|item| item["movie"]["id"].as_i64().unwrap()).collect();
    assert_eq!(sorted(seen), sorted(movies.iter().map(|movie| movie.id).collect()));
}

fn a_page_holds_twenty_items_unless_asked(app: &TestApp) {
    let count = |path: &str| items_of(&app.get(path).json(200)).len();
    assert_eq!(count("/movies"), 20);
    assert_eq!(count("/movies?limit=100"), 100);
    assert_eq!(count("/movies?limit=1"), 1);
}

fn the_next_page_is_linked(app: &TestApp) {
    let (genre, _) = genre_of(app, 3);
    let path = format!("/movies?genre={}&limit=2&sort=title", genre.replace(' ', "%20"));
    let first = app.get(&path).expect(200);
    let link = first.header("link").expect("there should be a next page").to_owned();
    let cursor = first.json(200)["next_cursor"].as_str().unwrap().to_owned();
    let next = link.strip_prefix('<').and_then(|link| link.split_once('>'));
    let (next, rest) = next.unwrap_or_else(|| panic!("{link} is no link"));
    assert!(rest.contains("rel=\"next\""), "{link}");
    assert!(next.contains(&cursor) && next.contains("limit=2"), "{link}");

    let last = app.at_root(next).expect(200);
    assert_eq!(last.header("link"), None);
    let by_cursor = app.get(&with_cursor(&path, &cursor)).json(200);
    let last = last.json(200);
    assert_eq!((&last, &last["next_cursor"]), (&by_cursor, &Value::Null));
    assert_eq!(items_of(&last).len(), 1);
}

fn the_total_is_counted_only_when_asked_for(app: &TestApp) {
    let (genre, movies) = genre_of(app, 3);
    app.somebody().rate(&movies[0], 7);
    let profile = format!("{}/ratings", app.sign_up("fan").profile());
    let rated = format!("/charts/top-rated?genre={genre}");
    eventually(1, || items_of(&app.get(&rated).json(200)).len());
    for (list, total) in [
        (format!("/movies?genre={genre}"), 3),
        (format!("/movies?genre={genre}&query=part"), 3),
        (rated, 1),
        (format!("{}?", movies[0].ratings()), 1),
        (format!("{profile}?"), 0),
    ] {
        assert_eq!(app.get(&list).json(200).get("total"), None, "{list}");
        let counted = app.get(&format!("{list}&count=exact&limit=1")).json(200);
        assert_eq!(counted["total"], total, "{list}");
        app.get(&format!("{list}&count=about")).refuses([("count", "malformed")]);
    }
}

/// Every list there is.
fn lists(app: &TestApp) -> [String; 4] {
    let Member { username, .. } = app.somebody();
    let movie = app.somebody().add_movie_titled("Up");
    let ratings = format!("/users/{username}/ratings");
    ["/movies".to_owned(), "/charts/top-rated".to_owned(), ratings, movie.ratings()]
}

fn limits_out_of_range_are_refused_and_not_clamped(app: &TestApp) {
    for list in lists(app) {
        for limit in ["0", "101", "-1", "9223372036854775807"] {
            app.get(&format!("{list}?limit={limit}")).refuses([("limit", "out_of_range")]);
        }
        for limit in ["", "ten", "1.5", "9223372036854775808", "0x10"] {
            app.get(&format!("{list}?limit={limit}")).refuses([("limit", "invalid_type")]);
        }
    }
}

fn a_cursor_that_was_tampered_with_is_refused(app: &TestApp) {
    let page = app.get("/movies?limit=1").json(200);
    let cursor = page["next_cursor"].as_str().unwrap();
    let swapped = if cursor.starts_with('A') { "B" } else { "A" };
    for tampered in [
        "",
        "x",
        "AAAAAAAA",
        "%F0%9F%8E%AC",
        &cursor[1..],
        &cursor[..cursor.len() - 1],
        &format!("{cursor}A"),
        &format!("{swapped}{}", &cursor[1..]),
        &"A".repeat(4_000),
    ] {
        for list in lists(app) {
            let path = format!("{list}?cursor={tampered}");
            app.get(&path).refuses([("cursor", "invalid_cursor")]);
        }
    }
}

fn a_cursor_of_another_list_is_refused(app: &TestApp) {
    let cursor_of = |path: &str| {
        let page = app.get(path).json(200);
        page["next_cursor"].as_str().expect("there should be another page").to_owned()
    };
    let by_title = cursor_of("/movies?limit=1&sort=title");
    for other in ["/movies?sort=release_year", "/movies?query=the", "/charts/top-rated"] {
        app.get(&with_cursor(other, &by_title)).refuses([("cursor", "invalid_cursor")]);
    }
    let by_relevance = cursor_of("/movies?limit=1&query=the");
    app.get(&with_cursor("/movies", &by_relevance)).refuses([("cursor", "invalid_cursor")]);
}

fn unknown_and_repeated_parameters_are_refused(app: &TestApp) {
    for list in lists(app) {
        app.get(&format!("{list}?page=2")).refuses([("page", "unknown_field")]);
        app.get(&format!("{list}?offset=5&limit=2")).refuses([("offset", "unknown_field")]);
        app.get(&format!("{list}?limit=2&limit=3")).refuses([("limit", "repeated")]);
    }
}
