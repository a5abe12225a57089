use serde_json::{Value, json};

use crate::beside_others;
use crate::support::catalogue::{ids, items_of};
use crate::support::scenario::Scenario;
use crate::support::{Movie, TestApp, eventually, unique};

pub fn scenarios() -> Vec<Scenario> {
    beside_others![
        members_remove_nothing_not_even_what_they_added,
        a_removed_movie_is_gone_from_everywhere,
        a_movie_is_removed_once,
    ]
}

fn members_remove_nothing_not_even_what_they_added(app: &TestApp) {
    let somebody = app.somebody();
    let movie = somebody.add_movie_titled("Mine");
    somebody.delete(&movie.path()).problem(403, "forbidden");
    app.call("DELETE", &movie.path()).send().problem(401, "unauthenticated");
    assert_eq!(app.movie(&movie)["title"], "Mine");
}

fn a_removed_movie_is_gone_from_everywhere(app: &TestApp) {
    let (title, genre, fan) = (unique("Stalker"), unique("Drama"), app.sign_up("fan"));
    let facts = json!({"title": title, "genres": [genre]});
    let (movie, other) = (fan.add_movie(&facts), fan.add_movie(&facts));
    fan.rate(&movie, 10);
    fan.rate(&other, 6);
    app.wait_for_scores(&movie, &[10]);
    let lists = [
        format!("/movies?query={title}"),
        format!("/movies?genre={genre}"),
        format!("/charts/top-rated?genre={genre}"),
    ];
    for list in &lists {
        eventually(true, || lists_movie(app, list, &movie));
    }

    app.curator().delete(&movie.path()).expect(204);

    app.get(&movie.path()).problem(404, "movie_not_found");
    app.get(&movie.ratings()).problem(404, "movie_not_found");
    app.get(&movie.summary()).problem(404, "movie_not_found");
    for list in &lists {
        eventually(false, || lists_movie(app, list, &movie));
        assert!(lists_movie(app, list, &other), "{list}");
    }
    let profile = app.get(&fan.profile()).json(200);
    assert_eq!(profile["count"], 1);
    let rated = fan.items(&format!("{}/ratings", fan.profile()));
    assert_eq!(rated.len(), 1, "{rated:#?}");
    fan.get(&movie.rating()).problem(404, "rating_not_found");
    fan.put(&movie.rating(), &json!({"score": 1})).problem(404, "movie_not_found");
}

fn lists_movie(app: &TestApp, list: &str, movie: &Movie) -> bool {
    let page: Value = app.get(list).json(200);
    ids(&items_of(&page)).contains(&movie.id)
}

fn a_movie_is_removed_once(app: &TestApp) {
    let movie = app.somebody().add_movie_titled("Up");
    app.curator().delete(&movie.path()).expect(204);
    app.curator().delete(&movie.path()).problem(404, "movie_not_found");
}
