//! The contracts of `MovieReader`: searching.

use std::collections::BTreeSet;

use reelmark_application::ports::{MovieFilter, MoviePosition, MovieSort, SearchTerms};
use reelmark_domain::SEARCH_BOUNDS;

use super::Stores;
use super::movie_reader::assert_pages_hold_all;
use super::search_model::{CATALOGUE, SEARCHES, catalogue, relevance};
use crate::builders::{MovieBuilder, all_movies, movie, movies_like, search_terms};

pub async fn finds_what_people_mean_best_match_first(stores: Stores) {
    fill(&stores).await;

    for (text, expected) in SEARCHES {
        let found = stores.titles(movies_like(text)).await;
        assert_eq!(found, *expected, "searching {text:?}");
    }
}

pub async fn ranks_every_match_of_many_searches_as_the_contract_says(stores: Stores) {
    let movies = fill(&stores).await;

    for text in searches() {
        let terms = search_terms(&text);
        let places = movies.iter().filter_map(|(id, request, ratings)| {
            relevance(&request.insert().index, *ratings, *id, &terms)
        });
        let mut expected: Vec<_> = places.collect();
        expected.sort_unstable();
        let found = stores.list(movies_like(&text)).await;
        let found: Vec<_> = found.into_iter().map(|found| found.position).collect();
        let expected: Vec<_> = expected.into_iter().map(MoviePosition::Relevance).collect();
        assert_eq!(found, expected, "searching {text:?}");
    }
}

pub async fn the_count_of_a_search_agrees_with_its_list(stores: Stores) {
    fill(&stores).await;

    for text in searches().into_iter().step_by(5) {
        let found = stores.list(movies_like(&text)).await.len();
        let page = MovieFilter { limit: 1, ..movies_like(&text) };
        let count = stores.movie_reader.count(page).await.unwrap();
        assert_eq!(count, found as u64, "searching {text:?}");
    }
}

pub async fn an_equal_title_comes_before_all_lesser_matches(stores: Stores) {
    for title in ["Alen", "Inalienable", "Monsters vs. Aliens", "Aliens", "Alien"] {
        stores.add_movie(title).await;
    }

    let found = stores.list(movies_like("alien")).await;

    let tiers: Vec<_> = found.iter().map(|found| place(&found.position)[0]).collect();
    assert_eq!(tiers, [0, 1, 2, 3, 4]);
    let titles = stores.titles(movies_like("alien")).await;
    let expected = ["Alien", "Aliens", "Monsters vs. Aliens", "Inalienable", "Alen"];
    assert_eq!(titles, expected);
}

pub async fn a_better_match_comes_before_a_more_popular_one(stores: Stores) {
    let popular = stores.add_movie("Aliens").await;
    stores.add_movie("Alien").await;
    stores.count_in(popular, &[10; 30]).await;

    assert_eq!(stores.titles(movies_like("alien")).await, ["Alien", "Aliens"]);
}

pub async fn of_equal_matches_the_more_popular_comes_first(stores: Stores) {
    let ids = add_all(&stores, &["Dune", "Dune", "Dune"]).await;
    stores.count_in(ids[1], &[1, 1]).await;
    stores.count_in(ids[2], &[10]).await;

    let found = stores.list(movies_like("dune")).await;

    let places = [[0, 0, -2, 4, ids[1]], [0, 0, -1, 4, ids[2]], [0, 0, 0, 4, ids[0]]];
    assert_eq!(positions(found.iter().map(|found| &found.position)), places);
}

pub async fn of_equally_popular_matches_the_shorter_title_comes_first(stores: Stores) {
    add_all(&stores, &["Dune: Part Two", "Dune World", "Dune 七七七"]).await;

    let found = stores.titles(movies_like("dune")).await;

    assert_eq!(found, ["Dune 七七七", "Dune World", "Dune: Part Two"]);
}

pub async fn of_like_matches_the_first_added_comes_first(stores: Stores) {
    let ids = add_all(&stores, &["Heat", "HEAT", "Heat!"]).await;

    let found = stores.list(movies_like("heat")).await;

    assert_eq!(super::movie_reader::ids(&found), ids);
}

pub async fn the_better_of_title_and_original_title_counts(stores: Stores) {
    stores.add(movie("Brother").original_title("Брат")).await;
    stores.add(movie("Брат 2").original_title("Brother")).await;

    let found = stores.list(movies_like("brother")).await;

    assert!(found.iter().all(|found| place(&found.position)[..2] == [0, 0]));
    assert_eq!(found.len(), 2);
}

pub async fn trigrams_of_title_and_original_title_count_together(stores: Stores) {
    stores.add(movie("Abcd").original_title("Wxyz")).await;

    // Eight of the ten trigrams, four from either title.
    let found = stores.list(movies_like("abcq wxyq")).await;

    assert_eq!(place(&found[0].position)[..2], [4, 4]);
}

pub async fn two_in_five_trigrams_or_half_of_the_letters_are_enough(stores: Stores) {
    add_all(&stores, &["Abcd", "Abc", "Xyz"]).await;

    // Twelve trigrams, of which the first title has five; eleven, of which the second has four.
    assert_eq!(stores.titles(movies_like("abcd fghijk")).await, ["Abcd"]);
    assert_eq!(stores.titles(movies_like("abc fghijk")).await, Vec::<String>::new());
    // Two of the nine trigrams, and four of the seven letters.
    assert_eq!(stores.titles(movies_like("abxc fgh")).await, ["Abc"]);
}

pub async fn short_searches_find_the_beginnings_of_words(stores: Stores) {
    let titles = ["Amen", "Man on the Moon", "The Mummy", "M", "Memento"];
    let ids = add_all(&stores, &titles).await;
    stores.count_in(ids[4], &[8]).await;

    let found = stores.titles(movies_like("m")).await;
    assert_eq!(found, ["M", "Memento", "Man on the Moon", "The Mummy"]);
    assert_eq!(stores.titles(movies_like("me")).await, ["Memento"]);
}

pub async fn titles_without_blanks_are_found_by_any_character(stores: Stores) {
    add_all(&stores, &["千と千尋の神隠し", "七人の侍", "기생충"]).await;

    for (text, title) in
        [("侍", "七人の侍"), ("千尋", "千と千尋の神隠し"), ("神", "千と千尋の神隠し")]
    {
        assert_eq!(stores.titles(movies_like(text)).await, [title], "searching {text:?}");
    }
}

pub async fn of_what_many_titles_have_the_most_popular_are_found(stores: Stores) {
    let more = SEARCH_BOUNDS.candidates + 50;
    let title = |n| if n == 0 { "Common".into() } else { format!("Common {n:03}") };
    let movies = (0..more).map(|n| movie(&title(n)).insert());
    stores.movies.insert_into_empty(movies.collect()).await.unwrap();
    let by_title = MovieFilter { limit: more, ..all_movies(MovieSort::Title) };
    let ids = super::movie_reader::ids(&stores.list(by_title).await);
    stores.count_in(ids[2], &[7; 5]).await;
    stores.count_in(ids[3], &[7]).await;

    let all = MovieFilter { limit: more, ..movies_like("common") };
    let found = super::movie_reader::ids(&stores.list(all.clone()).await);

    // The equal title is the first even though nobody rated it; the last ones were added first.
    let first = [ids[0], ids[2], ids[3]];
    assert_eq!(found[..3], first);
    let unrated = &ids[more - SEARCH_BOUNDS.candidates + first.len()..];
    assert_eq!(found[3..], *unrated);
    assert_eq!(stores.movie_reader.count(all.clone()).await.unwrap(), found.len() as u64);
    let rated = MovieFilter { min_ratings: 1, ..all };
    assert_eq!(super::movie_reader::ids(&stores.list(rated).await), first[1..]);
}

pub async fn an_edited_movie_stays_as_popular_as_it_is(stores: Stores) {
    let more = SEARCH_BOUNDS.candidates + 50;
    let movies = (0..more).map(|n| movie(&format!("Common {n:03}")).insert());
    stores.movies.insert_into_empty(movies.collect()).await.unwrap();
    let first = stores.list(movies_like("common 000")).await.remove(0).details.movie;
    stores.count_in(first.id, &[7; 5]).await;

    stores.movies.update(movie("Common Again").update(first.id, 1)).await.unwrap();

    assert_eq!(stores.titles(movies_like("common")).await[0], "Common Again");
}

pub async fn wildcards_are_letters_like_others(stores: Stores) {
    add_all(&stores, &["100% Wolf", "Up", "C:\\Windows"]).await;

    for wildcard in ["%", "_", "u_", "%p", "\\", "*", "?", "'", "[a-z]", "100%"] {
        let terms = SearchTerms { key: wildcard.into() };
        let filter = MovieFilter { search: Some(terms), ..all_movies(MovieSort::Relevance) };
        let found = stores.titles(filter).await;
        let resembling = if wildcard == "100%" { vec!["100% Wolf"] } else { vec![] };
        assert_eq!(found, resembling, "searching the key {wildcard:?}");
    }
}

pub async fn a_very_long_search_finds_its_title(stores: Stores) {
    let alphabet: Vec<char> = ('a'..='z').chain('а'..='я').collect();
    let letter = |n: usize| alphabet[(n * n + n / 7) % alphabet.len()];
    let title: String = (0..200).map(letter).collect();
    add_all(&stores, &[&title, "Up"]).await;

    assert_eq!(stores.titles(movies_like(&title)).await, [title]);
}

pub async fn pages_by_relevance_hold_every_movie_once(stores: Stores) {
    fill(&stores).await;

    for text in ["a", "the", "heat", "alien", "haet"] {
        assert_pages_hold_all(&stores, movies_like(text)).await;
    }
}

pub async fn what_is_found_can_be_sorted_in_other_ways(stores: Stores) {
    let ids = add_all(&stores, &["Alien", "Up", "Inalienable", "Aliens"]).await;
    stores.count_in(ids[2], &[9]).await;
    let sorted = |sort| MovieFilter { sort, ..movies_like("alien") };

    let by_title = stores.titles(sorted(MovieSort::Title)).await;
    let by_count = stores.titles(sorted(MovieSort::RatingCount)).await;

    assert_eq!(by_title, ["Alien", "Aliens", "Inalienable"]);
    assert_eq!(by_count, ["Inalienable", "Aliens", "Alien"]);
    for sort in super::movie_reader::SORTS {
        assert_pages_hold_all(&stores, sorted(sort)).await;
    }
}

/// The catalogue with the ids it got and its numbers of ratings.
async fn fill(stores: &Stores) -> Vec<(i64, MovieBuilder, usize)> {
    let mut movies = Vec::new();
    for (request, ratings) in catalogue() {
        let id = stores.add(request.clone()).await;
        stores.count_in(id, &vec![7; ratings]).await;
        movies.push((id, request, ratings));
    }
    movies
}

async fn add_all(stores: &Stores, titles: &[&str]) -> Vec<i64> {
    let mut ids = Vec::new();
    for title in titles {
        ids.push(stores.add_movie(title).await);
    }
    ids
}

/// Titles, words, beginnings, middles and typos of everything in [`CATALOGUE`].
fn searches() -> BTreeSet<String> {
    let titles = CATALOGUE.iter().flat_map(|(title, original, _)| [title, original]);
    let words = titles.clone().flat_map(|title| title.split(' '));
    let whole = titles.copied().chain(words);
    let texts = whole.flat_map(|text| {
        let letters: Vec<char> = text.chars().collect();
        [letters.clone(), letters[..letters.len().min(3)].to_vec()]
            .into_iter()
            .chain(variations(letters))
    });
    let texts = texts.map(|letters| letters.into_iter().collect());
    texts.filter(|text: &String| !search_terms(text).key.is_empty()).collect()
}

/// The text without its ends, with a letter left out in the middle, and with two letters swapped.
fn variations(letters: Vec<char>) -> Vec<Vec<char>> {
    if letters.len() < 4 {
        return vec![];
    }
    let (middle, last) = (letters.len() / 2, letters.len() - 1);
    let (mut shorter, mut swapped) = (letters.clone(), letters.clone());
    shorter.remove(middle);
    swapped.swap(middle - 1, middle);
    vec![letters[1..last].to_vec(), shorter, swapped]
}

fn place(position: &MoviePosition) -> [i64; 5] {
    match position {
        MoviePosition::Relevance(place) => *place,
        other => panic!("{other:?} says nothing about relevance"),
    }
}

fn positions<'a>(found: impl Iterator<Item = &'a MoviePosition>) -> Vec<[i64; 5]> {
    found.map(place).collect()
}

/// Declares one test per contract of `MovieReader`: searching.
#[macro_export]
macro_rules! movie_reader_search_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { movie_reader_search, $fresh_stores,
            finds_what_people_mean_best_match_first,
            ranks_every_match_of_many_searches_as_the_contract_says,
            the_count_of_a_search_agrees_with_its_list,
            an_equal_title_comes_before_all_lesser_matches,
            a_better_match_comes_before_a_more_popular_one,
            of_equal_matches_the_more_popular_comes_first,
            of_equally_popular_matches_the_shorter_title_comes_first,
            of_like_matches_the_first_added_comes_first,
            the_better_of_title_and_original_title_counts,
            trigrams_of_title_and_original_title_count_together,
            two_in_five_trigrams_or_half_of_the_letters_are_enough,
            short_searches_find_the_beginnings_of_words,
            titles_without_blanks_are_found_by_any_character,
            of_what_many_titles_have_the_most_popular_are_found,
            an_edited_movie_stays_as_popular_as_it_is,
            wildcards_are_letters_like_others,
            a_very_long_search_finds_its_title,
            pages_by_relevance_hold_every_movie_once,
            what_is_found_can_be_sorted_in_other_ways,
        }
    };
}
