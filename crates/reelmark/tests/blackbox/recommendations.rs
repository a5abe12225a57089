//! Movies that are like others, and movies that somebody may like.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};

use crate::beside_others;
use crate::support::catalogue::items_of;
use crate::support::patience::poll_every;
use crate::support::scenario::Scenario;
use crate::support::{Member, Movie, TestApp, eventually, scratch, unique};

pub fn scenarios() -> Vec<Scenario> {
    beside_others![
        movies_become_similar_when_the_same_people_rate_them,
        what_people_with_the_same_taste_like_is_recommended_until_it_is_rated,
        somebody_new_gets_popular_movies_without_a_reason,
        limits_that_break_a_rule_are_refused,
        an_operator_measures_recommendations,
    ]
}

/// Neighbours are computed again once so many times as long has passed as it took, which is long on
/// a busy machine.
const COMPUTED_WITHIN: Duration = Duration::from_secs(90);

const BETWEEN_LOOKS: Duration = Duration::from_millis(250);

#[track_caller]
fn once_computed<T>(what: &str, look: impl FnMut() -> Option<T>) -> T {
    let seen = poll_every(BETWEEN_LOOKS, COMPUTED_WITHIN, look);
    seen.unwrap_or_else(|| panic!("not within {COMPUTED_WITHIN:?}: {what}"))
}

/// Three people with one taste, who have rated nothing else, and the movies that they rate.
struct Club {
    members: Vec<Member>,
    movies: Vec<Movie>,
}

impl Club {
    fn of(app: &TestApp, movies: usize) -> Self {
        let members: Vec<Member> = (0..3).map(|_| app.sign_up("club")).collect();
        let title = unique("Club");
        let movies: Vec<Movie> = (0..movies).map(|_| members[0].add_movie_titled(&title)).collect();
        for member in &members {
            movies.iter().for_each(|movie| drop(member.rate(movie, 8)));
        }
        Self { members, movies }
    }
}

fn ids(items: &[Value]) -> Vec<i64> {
    let id = |item: &Value| item["movie"]["id"].as_i64().expect("an item has a movie");
    items.iter().map(id).collect()
}

fn similar(app: &TestApp, movie: &Movie) -> Vec<i64> {
    ids(&items_of(&app.get(&movie.similar()).json(200)))
}

fn recommended(member: &Member) -> Vec<Value> {
    member.items("/users/me/recommendations?limit=50")
}

fn movies_become_similar_when_the_same_people_rate_them(app: &TestApp) {
    let Club { members, movies } = Club::of(app, 3);
    let unrated = members[0].add_movie_titled("Up");
    once_computed("similar movies", || (similar(app, &movies[0]).len() == 2).then_some(()));
    assert!(similar(app, &unrated).is_empty());

    let path = format!("{}?limit=1", movies[0].similar());
    let answer = app.get(&path).expect(200);
    let items = items_of(&answer.value());
    assert_eq!(ids(&items), [movies[1].id]);
    let similarity = items[0]["similarity"].as_f64().expect("a similarity is a number");
    assert!(similarity > 0.0 && similarity <= 1.0, "{similarity}");
    assert_eq!(items[0]["movie"]["rating_summary"]["count"], 3);
    let again = app.call("GET", &path).header("if-none-match", answer.etag()).send();
    assert_eq!(again.status, 304);

    let curator = app.curator();
    curator.call("DELETE", &movies[1].path()).send().expect(204);
    eventually(vec![movies[2].id], || similar(app, &movies[0]));
    app.get(&movies[1].similar()).problem(404, "movie_not_found");
}

fn what_people_with_the_same_taste_like_is_recommended_until_it_is_rated(app: &TestApp) {
    let Club { movies, .. } = Club::of(app, 5);
    let (seen, unseen) = movies.split_at(3);
    let ada = app.sign_up("ada");
    for (movie, score) in seen.iter().zip([9, 9, 2]) {
        ada.rate(movie, score);
    }
    let first = once_computed("a recommendation", || {
        let items = recommended(&ada);
        ids(&items).starts_with(&[unseen[0].id, unseen[1].id]).then(|| items[0].clone())
    });
    let score = first["predicted_score"].as_f64().expect("there should be a predicted score");
    assert!((1.0..=10.0).contains(&score), "{score}");
    let because = first["because"].as_array().expect("there should be reasons");
    let reasons: Vec<_> = because.iter().map(|reason| reason["id"].clone()).collect();
    assert_eq!(reasons, [json!(seen[1].id), json!(seen[0].id)], "what she liked, and no more");

    ada.rate(&unseen[0], 7);
    let left = ids(&recommended(&ada));
    assert!(!left.contains(&unseen[0].id), "a rated movie must be gone at once");
    assert!(!seen.iter().any(|movie| left.contains(&movie.id)));

    ada.unrate(&seen[0]);
    let named = recommended(&ada).iter().any(|item| {
        let because = item["because"].as_array().expect("there should be a list");
        because.iter().any(|reason| reason["id"] == seen[0].id)
    });
    assert!(!named, "a rating that was taken back must not be named");
}

fn somebody_new_gets_popular_movies_without_a_reason(app: &TestApp) {
    let fan = app.sign_up("fan");
    let movie = fan.add_movie_titled("Up");
    fan.rate(&movie, 10);
    app.wait_for_scores(&movie, &[10]);
    let newcomer = app.sign_up("newcomer");

    let answer = newcomer.get("/users/me/recommendations").expect(200);
    assert_eq!(answer.header("cache-control"), Some("private, no-cache"));
    assert!(answer.value()["computed_at"].is_string());
    let items = items_of(&answer.value());
    assert!(!items.is_empty());
    for item in items {
        assert_eq!((&item["because"], &item["predicted_score"]), (&json!([]), &Value::Null));
        assert!(item["movie"]["rating_summary"]["count"].as_u64() > Some(0));
    }
    assert!(!ids(&recommended(&fan)).contains(&movie.id));
}

fn limits_that_break_a_rule_are_refused(app: &TestApp) {
    let somebody = app.somebody();
    let movie = somebody.add_movie_titled("Up");
    for limit in ["0", "21"] {
        let path = format!("{}?limit={limit}", movie.similar());
        app.get(&path).refuses([("limit", "out_of_range")]);
    }
    for limit in ["0", "51"] {
        let path = format!("/users/me/recommendations?limit={limit}");
        somebody.get(&path).refuses([("limit", "out_of_range")]);
    }
    app.get("/movies/999999999/similar").problem(404, "movie_not_found");
    app.get("/users/me/recommendations").problem(401, "unauthenticated");
}

/// Eight people who rated the same seven movies, in MovieLens' form.
fn ratings_csv() -> String {
    let row = |user, movie| format!("{user},{movie},4.0,{}\n", 1_000 + (user + movie) % 7);
    let rows = (1..=8).flat_map(|user| (1..=7).map(move |movie| row(user, movie)));
    format!("userId,movieId,rating,timestamp\n{}", rows.collect::<String>())
}

fn an_operator_measures_recommendations(app: &TestApp) {
    let folder = scratch::new_directory("movielens");
    fs::write(folder.join("ratings.csv"), ratings_csv()).unwrap();
    let folder = folder.to_str().unwrap();
    let evaluate = || {
        let command = ["evaluate", "recommendations", "--from-movielens", folder, "--seed", "7"];
        let ended = app.launch().run(&command);
        assert!(ended.succeeded, "{}", ended.stderr);
        ended.stdout
    };
    let table = evaluate();
    assert!(table.starts_with("56 ratings of 7 movies;"), "{table}");
    assert!(table.contains("| neighbours | 1.0000 | 1.0000 |"), "{table}");
    assert!(table.contains("| popularity |") && table.contains("| chance |"), "{table}");
    assert_eq!(evaluate(), table, "the same seed should give the same numbers");

    let stored = app.launch().run(&["evaluate", "recommendations"]);
    assert!(stored.succeeded, "{}", stored.stderr);
    assert!(stored.stdout.contains("| neighbours |"), "{}", stored.stdout);
    let nowhere = ["evaluate", "recommendations", "--from-movielens", "/nowhere"];
    let refused = app.launch().run(&nowhere);
    assert!(!refused.succeeded && refused.stderr.contains("/nowhere"), "{}", refused.stderr);
}
