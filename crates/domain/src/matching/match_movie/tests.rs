use super::*;
use crate::{ImdbId, TmdbId};
use MatchBasis::*;
use proptest::prelude::*;

fn ids(imdb: Option<u32>, tmdb: Option<u32>) -> ExternalIds {
    ExternalIds {
        imdb: imdb.map(|n| ImdbId::parse(&format!("tt{n:07}")).unwrap()),
        tmdb: tmdb.map(|n| TmdbId::parse(n.into()).unwrap()),
        movielens: None,
    }
}

fn year(year: Option<i32>) -> Option<ReleaseYear> {
    year.map(|year| ReleaseYear::from_stored(year.into()).unwrap())
}

fn titles(titles: &[&str]) -> Vec<Title> {
    titles.iter().map(|title| Title::parse(title).unwrap()).collect()
}

fn wanted(names: &[&str], made: Option<i32>, external: ExternalIds) -> MovieReference {
    MovieReference::new(titles(names), year(made), external).unwrap()
}

fn movie(id: i64, names: &[&str], made: Option<i32>, external: ExternalIds) -> MatchCandidate {
    let id = MovieId::parse(id).unwrap();
    MatchCandidate { id, titles: titles(names), release_year: year(made), external_ids: external }
}

fn matched(id: i64, basis: MatchBasis) -> MatchOutcome {
    MatchOutcome::Matched(MovieMatch { id: MovieId::parse(id).unwrap(), basis })
}

fn ambiguous(matches: &[(i64, MatchBasis)]) -> MatchOutcome {
    let found = matches.iter().map(|(id, basis)| (MovieId::parse(*id).unwrap(), *basis));
    MatchOutcome::Ambiguous(found.map(|(id, basis)| MovieMatch { id, basis }).collect())
}

fn none() -> ExternalIds {
    ExternalIds::default()
}

#[test]
fn an_id_decides_whatever_the_title_says() {
    let movies = [
        movie(1, &["Up"], Some(2009), ids(Some(7), None)),
        movie(2, &["Down"], Some(1950), ids(Some(8), None)),
    ];
    let reference = wanted(&["Up"], Some(2009), ids(Some(8), None));
    assert_eq!(match_movie(&reference, &movies), matched(2, ExternalId));
}

#[test]
fn ids_that_name_two_movies_are_ambiguous() {
    let movies = [
        movie(1, &["Up"], Some(2009), ids(Some(7), None)),
        movie(2, &["Up"], Some(2009), ids(None, Some(9))),
    ];
    let reference = wanted(&["Up"], Some(2009), ids(Some(7), Some(9)));
    let both = ambiguous(&[(1, ExternalId), (2, ExternalId)]);
    assert_eq!(match_movie(&reference, &movies), both);
}

#[test]
fn a_disputed_id_is_left_to_the_person() {
    let movies = [movie(1, &["Up"], Some(2009), ids(Some(7), Some(9)))];
    let reference = wanted(&["Up"], Some(2009), ids(Some(7), Some(10)));
    assert_eq!(match_movie(&reference, &movies), ambiguous(&[(1, DisputedId)]));
}

#[test]
fn a_title_with_another_id_is_another_movie() {
    let movies = [movie(1, &["Up"], Some(2009), ids(Some(7), None))];
    let reference = wanted(&["Up"], Some(2009), ids(Some(8), None));
    assert_eq!(match_movie(&reference, &movies), MatchOutcome::Unmatched);
}

#[test]
fn titles_match_however_they_are_written() {
    let movies = [movie(1, &["Le Fabuleux Destin d'Amélie Poulain", "Amélie"], Some(2001), none())];
    let reference = |name: &str| wanted(&[name], Some(2001), none());
    let same = reference("FABULEUX destin d'Amelie Poulain, Le");
    assert_eq!(match_movie(&same, &movies), matched(1, TitleAndYear));
    assert_eq!(match_movie(&reference("Amelie"), &movies), matched(1, OtherTitleAndYear));
}

#[test]
fn the_exact_year_wins_over_the_next_one() {
    let movies = [
        movie(1, &["Crash"], Some(2004), none()),
        movie(2, &["Crash"], Some(2005), none()),
        movie(3, &["Crash"], Some(1996), none()),
    ];
    let of = |made| match_movie(&wanted(&["Crash"], Some(made), none()), &movies);
    assert_eq!(of(2005), matched(2, TitleAndYear));
    assert_eq!(of(2006), matched(2, TitleAndNearYear));
    assert_eq!(of(1998), MatchOutcome::Unmatched);
}

#[test]
fn twins_are_ambiguous() {
    let movies = [movie(2, &["Emma"], Some(1996), none()), movie(1, &["Emma"], Some(1996), none())];
    let found = match_movie(&wanted(&["Emma"], Some(1996), none()), &movies);
    assert_eq!(found, ambiguous(&[(1, TitleAndYear), (2, TitleAndYear)]));
}

#[test]
fn a_title_without_a_year_is_never_enough() {
    let movies = [movie(1, &["Up"], Some(2009), none())];
    let found = match_movie(&wanted(&["Up"], None, none()), &movies);
    assert_eq!(found, ambiguous(&[(1, TitleAlone)]));
}

/// Movies that resemble each other enough to be mixed up.
fn some_movies() -> impl Strategy<Value = Vec<MatchCandidate>> {
    let name = prop::sample::select(vec!["Up", "Up!", "The Kid", "Kid, The", "Emma"]);
    let number = || prop::option::of(1u32..4);
    let made = prop::option::of(2000i32..2004);
    let one = (name, made, number(), number());
    prop::collection::vec(one, 0..6).prop_map(|movies| {
        let numbered = movies.into_iter().zip(1..);
        numbered.map(|((name, made, i, t), id)| movie(id, &[name], made, ids(i, t))).collect()
    })
}

fn as_reference(movie: &MatchCandidate) -> MovieReference {
    let ids = movie.external_ids.clone();
    MovieReference::new(movie.titles.clone(), movie.release_year, ids).unwrap()
}

proptest! {
    #[test]
    fn the_order_of_candidates_means_nothing(movies in some_movies(), at in 0usize..6, by in 0usize..6) {
        prop_assume!(at < movies.len());
        let reference = as_reference(&movies[at]);
        let mut turned = movies.clone();
        turned.rotate_left(by % movies.len());
        prop_assert_eq!(match_movie(&reference, &movies), match_movie(&reference, &turned));
    }

    #[test]
    fn a_movie_alone_is_found_by_its_own_title_and_year(made in 1870i32..2030, name in "\\PC{1,30}") {
        prop_assume!(Title::parse(&name).is_ok());
        let movies = [movie(1, &[&name], Some(made), none())];
        prop_assert_eq!(match_movie(&as_reference(&movies[0]), &movies), matched(1, TitleAndYear));
    }

    #[test]
    fn years_two_apart_never_match(movies in some_movies(), made in 2006i32..2020) {
        let reference = wanted(&["Up"], Some(made), none());
        let outcome = match_movie(&reference, &movies);
        let none_matched = !matches!(outcome, MatchOutcome::Matched(_));
        prop_assert!(none_matched);
    }

    #[test]
    fn what_is_matched_contradicts_no_id(movies in some_movies(), i in prop::option::of(1u32..4), t in prop::option::of(1u32..4)) {
        let reference = wanted(&["Up"], Some(2001), ids(i, t));
        if let MatchOutcome::Matched(found) = match_movie(&reference, &movies) {
            let found = movies.iter().find(|movie| movie.id == found.id).unwrap();
            prop_assert!(!compare(reference.external_ids(), &found.external_ids).contains(&Some(false)));
        }
    }

    #[test]
    fn movies_of_other_names_change_nothing(movies in some_movies(), at in 0usize..6) {
        prop_assume!(at < movies.len());
        let reference = as_reference(&movies[at]);
        let mut more = movies.clone();
        more.push(movie(99, &["Something else"], Some(2001), none()));
        prop_assert_eq!(match_movie(&reference, &movies), match_movie(&reference, &more));
    }
}
