//! Searching and filtering the catalogue.

use serde_json::{Value, json};

use crate::beside_others;
use crate::support::catalogue::{ids, items_of};
use crate::support::scenario::Scenario;
use crate::support::{Member, TestApp, eventually, unique};

pub fn scenarios() -> Vec<Scenario> {
    beside_others![
        accents_case_and_small_typos_do_not_matter,
        parts_of_a_title_are_found,
        titles_in_other_scripts_are_found,
        original_titles_are_found,
        other_titles_are_found_wherever_the_article_stands,
        facts_narrow_a_search,
        what_i_rated_is_shown_to_me_alone,
        what_somebody_types_is_completed,
        genres_are_listed_with_their_numbers_of_movies,
        the_best_match_comes_first,
        nothing_is_found_where_nothing_is_like_it,
        signs_with_a_meaning_elsewhere_mean_nothing_here,
        an_empty_search_lists_everything,
        filters_are_combined,
        lists_are_sorted_as_asked,
        searches_that_break_a_rule_are_refused,
    ]
}

fn first(app: &TestApp, query: &str) -> Option<String> {
    app.titles(&format!("/movies?query={query}")).into_iter().next()
}

fn accents_case_and_small_typos_do_not_matter(app: &TestApp) {
    for (query, title) in [
        ("amelie", "Amélie"),
        ("AMÉLIE", "Amélie"),
        ("ame\u{301}lie", "Amélie"),
        ("seven samurai", "Seven Samurai"),
        ("sevne samurai", "Seven Samurai"),
        ("casblanca", "Casablanca"),
        ("the godfather part ii", "The Godfather Part II"),
        ("The  Great   Dictator!", "The Great Dictator"),
    ] {
        assert_eq!(first(app, query).as_deref(), Some(title), "{query}");
    }
    let found = app.titles("/movies?query=godfathr");
    assert!(found[0].starts_with("The Godfather"), "{found:?}");
}

fn parts_of_a_title_are_found(app: &TestApp) {
    for (query, title) in [("odfathe", "The Godfather"), ("grapes", "The Grapes of Wrath")] {
        let found = app.titles(&format!("/movies?query={query}"));
        assert!(found.iter().any(|found| found == title), "{query}: {found:?}");
    }
}

fn titles_in_other_scripts_are_found(app: &TestApp) {
    for (title, query) in [
        ("七人の侍 検索試験", "侍 検索"),
        ("Сталкер поиска", "сталкер ПОИСКА"),
        ("기생충 시험", "기생충 시"),
    ] {
        let movie = app.somebody().add_movie_titled(title);
        let found = app.get(&format!("/movies?query={query}")).json(200);
        assert!(ids(&items_of(&found)).contains(&movie.id), "{query}");
    }
}

fn original_titles_are_found(app: &TestApp) {
    let original = unique("Le Fabuleux Déstin");
    let movie = app.somebody().add_movie(&json!({"title": "Amelie", "original_title": original}));
    let query = original.to_uppercase().replace('É', "e");
    let found = app.get(&format!("/movies?query={query}")).json(200);
    assert_eq!(ids(&items_of(&found)).first(), Some(&movie.id));
}

fn other_titles_are_found_wherever_the_article_stands(app: &TestApp) {
    let word = unique("Matrix").replace(' ', "");
    let facts = json!({"title": format!("{word}, The"), "alternative_titles": ["Матрица", format!("La {word}ette")]});
    let movie = app.somebody().add_movie(&facts);
    for query in [
        format!("the {word}"),
        format!("{word}, The"),
        format!("la {word}ette"),
        format!("{word}ette, La"),
    ] {
        let found = app.get(&format!("/movies?query={query}")).json(200);
        assert_eq!(ids(&items_of(&found)).first(), Some(&movie.id), "{query}");
    }
}

fn facts_narrow_a_search(app: &TestApp) {
    let (word, somebody) = (unique("Narrow").replace(' ', ""), app.somebody());
    let genres = [unique("Mystery"), unique("Musical")];
    let add = |n: usize, facts: Value| {
        let mut movie = json!({"title": format!("{word} {n}")});
        movie.as_object_mut().unwrap().extend(facts.as_object().cloned().unwrap());
        somebody.add_movie(&movie).id
    };
    let first = add(1, json!({"genres": genres, "runtime_minutes": 90, "countries": ["FR", "BE"]}));
    let second =
        add(2, json!({"genres": [genres[0]], "runtime_minutes": 120, "original_language": "fr"}));
    let found = |filter: &str| {
        let listed = |path: String| ids(&items_of(&app.get(&path).json(200)));
        let search = listed(format!("/movies?query={word}&sort=added&{filter}"));
        let narrowed = format!("/movies?genre={}&sort=added&{filter}", genres[0]);
        assert_eq!(listed(narrowed), search, "{filter}");
        search
    };
    assert_eq!(found(""), [second, first]);
    assert_eq!(found(&format!("genre={}", genres[1])), [first]);
    assert_eq!(found("runtime_from=91"), [second]);
    assert_eq!(found("runtime_to=119"), [first]);
    assert_eq!(found("language=FRA"), [second]);
    assert_eq!(found("country=be"), [first]);
    assert_eq!(found("country=FR&language=fr"), Vec::<i64>::new());
}

fn what_i_rated_is_shown_to_me_alone(app: &TestApp) {
    let (genre, crowd) = (unique("Rated"), app.crowd(2));
    let add = |title: &str| crowd[0].add_movie(&json!({"title": title, "genres": [genre]}));
    let (seen, unseen) = (add("Seen"), add("Unseen"));
    crowd[0].rate(&seen, 8);
    let path = |rated: bool| format!("/movies?genre={genre}&rated_by_me={rated}");
    let listed = |member: &Member, rated| {
        let answer = member.get(&path(rated)).expect(200);
        assert_eq!(answer.header("cache-control"), Some("private, no-cache"));
        ids(&items_of(&answer.json(200)))
    };
    assert_eq!(listed(&crowd[0], true), [seen.id]);
    assert_eq!(listed(&crowd[1], true), Vec::<i64>::new());
    assert_eq!(listed(&crowd[0], false), [unseen.id]);
    assert_eq!(listed(&crowd[1], false).len(), 2);
    crowd[0].rate(&unseen, 3);
    assert_eq!(listed(&crowd[0], false), Vec::<i64>::new());
    app.get(&path(true)).problem(401, "unauthenticated");
}

fn what_somebody_types_is_completed(app: &TestApp) {
    let word = unique("Zyx").replace(' ', "");
    let movie = app.somebody().add_movie(&json!({"title": format!("The {word} Harbour"),
        "original_title": "Порт", "release_year": 1987}));
    let suggested = |typed: &str| app.get(&format!("/search/suggest?q={typed}")).json(200);
    let expected = json!({"items": [{"id": movie.id, "title": format!("The {word} Harbour"),
        "original_title": "Порт", "release_year": 1987, "count": 0, "weighted_score": null}]});
    for typed in [&word, &format!("the {word}"), &format!("{word} har"), &format!("harbour {word}")]
    {
        assert_eq!(suggested(typed), expected, "{typed}");
    }
    assert_eq!(suggested(&format!("{word}q")), json!({"items": []}));
    assert_eq!(suggested("?!"), json!({"items": []}));
    assert!(suggested("the")["items"].as_array().is_some_and(|items| items.len() == 8));
    app.get("/search/suggest").refuses([("q", "required")]);
    app.get("/search/suggest?q=a&limit=11").refuses([("limit", "out_of_range")]);
}

fn genres_are_listed_with_their_numbers_of_movies(app: &TestApp) {
    let (genre, somebody) = (unique("Genre"), app.somebody());
    let count = || {
        let genres = app.get("/genres").json(200);
        let items = items_of(&genres);
        let found = items.iter().find(|item| item["name"] == *genre);
        found.and_then(|item| item["movie_count"].as_u64())
    };
    assert_eq!(count(), None);
    for n in 1..=2 {
        somebody.add_movie(&json!({"title": "Counted", "genres": [genre]}));
        eventually(Some(n), &count);
    }
    assert!(!app.get("/genres").expect(200).etag().is_empty());
}

fn the_best_match_comes_first(app: &TestApp) {
    let word = format!("{}z", unique("zz").replace(' ', ""));
    let somebody = app.somebody();
    let typo = format!("{}x", &word[..word.len() - 1]);
    let titles = [format!("In{word}able"), format!("The {word}"), format!("{word} Two"), typo];
    titles.iter().for_each(|title| drop(somebody.add_movie_titled(title)));
    somebody.add_movie_titled(&word);
    let found = app.titles(&format!("/movies?query={word}"));
    let expected = [&word, &titles[2], &titles[1], &titles[0], &titles[3]];
    assert_eq!(found[..5].iter().collect::<Vec<_>>(), expected);
}

fn nothing_is_found_where_nothing_is_like_it(app: &TestApp) {
    let page = app.get("/movies?query=qqqqxxxxzzzz&count=exact").json(200);
    assert_eq!((&page["items"], &page["total"]), (&json!([]), &json!(0)));
}

fn signs_with_a_meaning_elsewhere_mean_nothing_here(app: &TestApp) {
    for query in ["%25", "_", "*", "'", "\\", "'; DROP TABLE movies; --", "[a-z]", "%00", "((("] {
        app.get(&format!("/movies?query={query}")).json(200);
    }
    let percent = unique("100% Wolf");
    app.somebody().add_movie_titled(&percent);
    let query = percent.replace('%', "%25");
    assert_eq!(first(app, &query), Some(percent));
}

fn an_empty_search_lists_everything(app: &TestApp) {
    for query in ["", "%20%20"] {
        let page = app.get(&format!("/movies?query={query}&count=exact")).json(200);
        assert!(page["total"].as_u64() >= Some(1_000), "{page:#}");
    }
}

fn filters_are_combined(app: &TestApp) {
    let (genre, somebody) = (unique("Noir"), app.somebody());
    let add = |title: &str, year: i64| {
        somebody
            .add_movie(&json!({"title": title, "release_year": year, "genres": [genre, "Drama"]}))
    };
    let (early, late) = (add("Early", 1941), add("Late", 1959));
    somebody.add_movie(&json!({"title": "Never", "genres": [genre]}));
    somebody.rate(&late, 8);
    app.wait_for_scores(&late, &[8]);
    let found = |filter: &str| {
        let path = format!("/movies?sort=release_year&genre={genre}&{filter}");
        ids(&items_of(&app.get(&path).json(200)))
    };
    assert_eq!(found("year_from=1900"), [late.id, early.id]);
    assert_eq!(found("year_from=1942"), [late.id]);
    assert_eq!(found("year_to=1941"), [early.id]);
    assert_eq!(found("year_from=1941&year_to=1941"), [early.id]);
    assert_eq!(found("year_from=1960&year_to=1950"), Vec::<i64>::new());
    assert_eq!(found("min_ratings=1"), [late.id]);
    assert_eq!(found("query=early"), [early.id]);
    let shouted = format!("/movies?genre={}&year_to=1950", genre.to_uppercase());
    assert_eq!(ids(&items_of(&app.get(&shouted).json(200))), [early.id]);
}

fn lists_are_sorted_as_asked(app: &TestApp) {
    let (genre, crowd) = (unique("Sorted"), app.crowd(2));
    let add = |title: &str, year: i64| {
        crowd[0].add_movie(&json!({"title": title, "release_year": year, "genres": [genre]}))
    };
    let (b, a, c) = (add("Beta", 1960), add("álpha", 1970), add("Gamma", 1950));
    crowd[0].rate(&b, 10);
    crowd[0].rate(&c, 1);
    crowd[1].rate(&c, 1);
    app.wait_for_scores(&b, &[10]);
    app.wait_for_scores(&c, &[1, 1]);
    let by = |sort: &str| {
        let path = format!("/movies?genre={genre}&sort={sort}");
        ids(&items_of(&app.get(&path).json(200)))
    };
    assert_eq!(by("title"), [a.id, b.id, c.id]);
    assert_eq!(by("release_year"), [a.id, b.id, c.id]);
    assert_eq!(by("added"), [c.id, a.id, b.id]);
    assert_eq!(by("rating_count"), [c.id, b.id, a.id]);
    let scores = by("weighted_score");
    let place = |id| scores.iter().position(|other| *other == id);
    assert!(place(b.id) < place(c.id), "{scores:?}");
}

fn searches_that_break_a_rule_are_refused(app: &TestApp) {
    for (filter, field, code) in [
        (format!("query={}", "x".repeat(201)), "query", "too_long"),
        ("sort=best".into(), "sort", "malformed"),
        ("sort=relevance".into(), "sort", "needs_query"),
        ("year_from=1869".into(), "year_from", "out_of_range"),
        ("year_to=next".into(), "year_to", "invalid_type"),
        ("min_ratings=-1".into(), "min_ratings", "out_of_range"),
        (format!("genre={}", "x".repeat(41)), "genre", "too_long"),
        ("genre=a&genre=b&genre=c&genre=d&genre=e&genre=f".into(), "genre", "too_many"),
        ("runtime_from=0".into(), "runtime_from", "out_of_range"),
        ("language=french".into(), "language", "malformed"),
        ("country=XX".into(), "country", "malformed"),
        ("rated_by_me=maybe".into(), "rated_by_me", "invalid_type"),
        ("sort=title&sort=added".into(), "sort", "repeated"),
        ("genre=".into(), "genre", "blank"),
    ] {
        app.get(&format!("/movies?{filter}")).refuses([(field, code)]);
    }
    app.get("/movies?year_from=1&year_to=2&limit=0").refuses([
        ("year_from", "out_of_range"),
        ("year_to", "out_of_range"),
        ("limit", "out_of_range"),
    ]);
    app.get("/movies?query=%ff").problem(400, "malformed_request");
    app.get("/movies?query=%ed%a0%80").problem(400, "malformed_request");
}
