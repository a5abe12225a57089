//! The contracts of `MovieReader`: finding, orders and pages.

use std::cmp::Ordering;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use reelmark_application::ports::{
    ListedMovieRecord, MovieDetailsRecord, MovieFilter, MoviePosition, MovieSort,
};
use reelmark_domain::{RatingSummary, WeightedScore, search_key};
use time::OffsetDateTime;

use super::Stores;
use super::movie_repository::full_movie;
use super::stores::first_rating;
use crate::builders::{all_movies, minute, movie};

/// Every order that needs no search terms.
pub(super) const SORTS: [MovieSort; 5] = [
    MovieSort::Title,
    MovieSort::ReleaseYear,
    MovieSort::WeightedScore,
    MovieSort::RatingCount,
    MovieSort::Added,
];

pub async fn finds_a_movie_with_its_summary(stores: Stores) {
    let stored = stores.movies.insert(full_movie().insert()).await.unwrap();
    stores.add_movie("Up").await;
    stores.count_in(stored.id, &[8, 9]).await;

    let found = stores.movie_reader.find(stored.id).await.unwrap().unwrap();

    assert_eq!(found.movie, stored);
    assert_eq!(found.summary.movie_id, stored.id);
    assert_eq!(found.summary.histogram, [0, 0, 0, 0, 0, 0, 0, 1, 1, 0]);
    assert_eq!((found.summary.catalogue_mean, found.summary.version), (Some(8.5), 1));
}

pub async fn finds_nothing_under_an_unknown_id(stores: Stores) {
    let up = stores.add_movie("Up").await;

    for id in [up + 1, 0, -1, i64::MAX, i64::MIN] {
        assert_eq!(stores.movie_reader.find(id).await.unwrap(), None);
    }
}

pub async fn an_empty_store_lists_nothing(stores: Stores) {
    for sort in SORTS {
        assert!(stores.list(all_movies(sort)).await.is_empty());
        assert_eq!(stores.movie_reader.count(all_movies(sort)).await.unwrap(), 0);
    }
}

pub async fn a_list_says_the_same_of_a_movie_as_finding_it(stores: Stores) {
    fill(&stores).await;
    stores.add(full_movie()).await;

    for sort in SORTS {
        for listed in stores.list(all_movies(sort)).await {
            let found = stores.details(listed.details.movie.id).await;
            assert_eq!(listed.details, found);
        }
    }
}

pub async fn lists_by_title(stores: Stores) {
    assert_lists_in_order(&stores, MovieSort::Title).await;
}

pub async fn lists_by_release_year_newest_first(stores: Stores) {
    assert_lists_in_order(&stores, MovieSort::ReleaseYear).await;
}

pub async fn lists_by_weighted_score_greatest_first(stores: Stores) {
    assert_lists_in_order(&stores, MovieSort::WeightedScore).await;
}

pub async fn lists_by_number_of_ratings_greatest_first(stores: Stores) {
    assert_lists_in_order(&stores, MovieSort::RatingCount).await;
}

pub async fn lists_by_time_added_latest_first(stores: Stores) {
    assert_lists_in_order(&stores, MovieSort::Added).await;
}

pub async fn titles_are_sorted_byte_by_byte_without_case_and_accents(stores: Stores) {
    let expected = [
        "10",
        "2001",
        "a",
        "Äpfel",
        "B",
        "b-side",
        "Éclair",
        "Zebra",
        "zulu 2",
        "Брат",
        "七人の侍",
    ];
    for title in expected.iter().rev() {
        stores.add_movie(title).await;
    }

    assert_eq!(stores.titles(all_movies(MovieSort::Title)).await, expected);
}

pub async fn the_order_by_weighted_score_is_that_of_the_domain(stores: Stores) {
    let mut random = StdRng::seed_from_u64(5);
    for n in 0..30 {
        let id = stores.add_movie(&format!("Movie {n}")).await;
        let count = random.random_range(0..80);
        let scores: Vec<i16> = (0..count).map(|_| random.random_range(1..=10)).collect();
        stores.count_in(id, &scores).await;
    }

    let listed = stores.list(all_movies(MovieSort::WeightedScore)).await;

    assert_eq!(listed.len(), 30);
    for listed in &listed {
        let MoviePosition::Number(stored, _) = listed.position else {
            panic!("{:?} is no number", listed.position);
        };
        assert!((stored - weighted_score(&listed.details)).abs() < 1e-9);
    }
    let values = listed.iter().map(|listed| weighted_score(&listed.details));
    assert!(values.is_sorted_by(|one, next| *one >= next - 1e-9));
}

pub async fn a_place_names_what_is_sorted_by(stores: Stores) {
    let at = minute(-70_000_000);
    let id = stores.add(movie("Amélie").year(2001).at(at)).await;
    stores.count_in(id, &[8, 8]).await;
    let expected = [
        MoviePosition::Title("amelie".into(), id),
        MoviePosition::Number(2001.0, id),
        MoviePosition::Number(8.0, id),
        MoviePosition::Number(2.0, id),
        MoviePosition::Number(micros(at), id),
    ];

    for (sort, expected) in SORTS.into_iter().zip(expected) {
        assert_eq!(stores.list(all_movies(sort)).await[0].position, expected);
    }
}

pub async fn the_place_of_what_is_unknown_is_zero(stores: Stores) {
    let id = stores.add_movie("Up").await;

    for sort in [MovieSort::ReleaseYear, MovieSort::WeightedScore, MovieSort::RatingCount] {
        let listed = stores.list(all_movies(sort)).await;
        assert_eq!(listed[0].position, MoviePosition::Number(0.0, id));
    }
}

pub async fn a_list_is_no_longer_than_its_limit(stores: Stores) {
    fill(&stores).await;

    for (limit, expected) in [(1, 1), (7, 7), (20, 20), (21, 20)] {
        let filter = MovieFilter { limit, ..all_movies(MovieSort::Title) };
        assert_eq!(stores.list(filter).await.len(), expected);
    }
}

pub async fn pages_by_title_hold_every_movie_once(stores: Stores) {
    fill(&stores).await;
    assert_pages_hold_all(&stores, all_movies(MovieSort::Title)).await;
}

pub async fn pages_by_release_year_hold_every_movie_once(stores: Stores) {
    fill(&stores).await;
    assert_pages_hold_all(&stores, all_movies(MovieSort::ReleaseYear)).await;
}

pub async fn pages_by_weighted_score_hold_every_movie_once(stores: Stores) {
    fill(&stores).await;
    assert_pages_hold_all(&stores, all_movies(MovieSort::WeightedScore)).await;
}

pub async fn pages_by_number_of_ratings_hold_every_movie_once(stores: Stores) {
    fill(&stores).await;
    assert_pages_hold_all(&stores, all_movies(MovieSort::RatingCount)).await;
}

pub async fn pages_by_time_added_hold_every_movie_once(stores: Stores) {
    fill(&stores).await;
    assert_pages_hold_all(&stores, all_movies(MovieSort::Added)).await;
}

pub async fn a_page_starts_behind_a_movie_that_is_gone(stores: Stores) {
    fill(&stores).await;
    for sort in SORTS {
        let all = stores.list(all_movies(sort)).await;
        let gone = &all[all.len() / 2];
        let id = gone.details.movie.id;
        assert!(stores.movies.remove(id, minute(99)).await.unwrap());
        let behind = MovieFilter { after: Some(gone.position.clone()), ..all_movies(sort) };

        assert_eq!(stores.list(behind).await, all[all.len() / 2 + 1..]);
    }
}

async fn assert_lists_in_order(stores: &Stores, sort: MovieSort) {
    fill(stores).await;

    let listed = stores.list(all_movies(sort)).await;

    let mut expected = listed.clone();
    expected.sort_by(|one, other| order(sort, &one.details, &other.details));
    assert_eq!(listed.len(), 20);
    assert_eq!(ids(&listed), ids(&expected));
}

/// Follows the pages of several sizes to their end.
pub(super) async fn assert_pages_hold_all(stores: &Stores, filter: MovieFilter) {
    let all = stores.list(filter.clone()).await;
    assert!(all.len() > 2, "there should be something to page through");
    for limit in [1, 2, 7] {
        let mut paged: Vec<ListedMovieRecord> = Vec::new();
        loop {
            let page = stores.list(MovieFilter {
                after: paged.last().map(|last| last.position.clone()),
                limit,
                ..filter.clone()
            });
            let page = page.await;
            assert!(page.len() <= limit);
            if page.is_empty() {
                break;
            }
            paged.extend(page);
            assert!(paged.len() <= all.len(), "the pages go round in circles");
        }
        assert_eq!(paged, all);
    }
}

/// 20 movies with ties in everything that can be sorted by, some without year and ratings.
pub(super) async fn fill(stores: &Stores) {
    let titles = ["Heat", "Up", "Dune", "m", "UP"];
    let years = [None, Some(1942), Some(2009), None, Some(1942), Some(1895), None];
    let genres = [&["Drama"][..], &["Drama", "War"], &[], &["Film-Noir", "War", "Drama"]];
    let places = [("fr", &["FR"][..]), ("en", &["US", "FR"]), ("fr", &[])];
    let scores = [&[][..], &[8], &[10, 9, 9], &[1, 2], &[8], &[7, 6, 5, 4]];
    let mut changes = Vec::new();
    for n in 0..20 {
        let added = minute(i64::try_from(n * 7 % 5).unwrap());
        let mut request = movie(titles[n % 5]).genres(genres[n % 4]).at(added);
        if let Some(year) = years[n % 7] {
            request = request.year(year).runtime(year - 1_850);
        }
        if let Some((language, countries)) = places.get(n % 4) {
            request = request.language(language).countries(countries);
        }
        let id = stores.add(request).await;
        changes.extend(scores[n % 6].iter().map(|score| first_rating(id, *score)));
    }
    stores.apply(changes).await;
}

pub(super) fn ids(listed: &[ListedMovieRecord]) -> Vec<i64> {
    listed.iter().map(|listed| listed.details.movie.id).collect()
}

fn order(sort: MovieSort, one: &MovieDetailsRecord, other: &MovieDetailsRecord) -> Ordering {
    if sort == MovieSort::Title {
        let key = |it: &MovieDetailsRecord| (search_key(&it.movie.facts.title), it.movie.id);
        return key(one).cmp(&key(other));
    }
    let number = |it: &MovieDetailsRecord| match sort {
        MovieSort::ReleaseYear => it.movie.facts.release_year.unwrap_or(0).into(),
        MovieSort::WeightedScore => weighted_score(it),
        MovieSort::RatingCount => it.summary.histogram.iter().sum::<i64>() as f64,
        _ => micros(it.movie.created_at),
    };
    let greatest_first = number(other).total_cmp(&number(one));
    greatest_first.then(other.movie.id.cmp(&one.movie.id))
}

/// What the domain makes of a movie's summary; 0 without ratings.
fn weighted_score(details: &MovieDetailsRecord) -> f64 {
    let summary = RatingSummary::try_from(details.summary.clone()).unwrap();
    summary.weighted_score().as_ref().map_or(0.0, WeightedScore::value)
}

fn micros(time: OffsetDateTime) -> f64 {
    (time.unix_timestamp_nanos() / 1_000) as f64
}

/// Declares one test per contract of `MovieReader`: finding, orders and pages.
#[macro_export]
macro_rules! movie_reader_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { movie_reader, $fresh_stores,
            finds_a_movie_with_its_summary,
            finds_nothing_under_an_unknown_id,
            an_empty_store_lists_nothing,
            a_list_says_the_same_of_a_movie_as_finding_it,
            lists_by_title,
            lists_by_release_year_newest_first,
            lists_by_weighted_score_greatest_first,
            lists_by_number_of_ratings_greatest_first,
            lists_by_time_added_latest_first,
            titles_are_sorted_byte_by_byte_without_case_and_accents,
            the_order_by_weighted_score_is_that_of_the_domain,
            a_place_names_what_is_sorted_by,
            the_place_of_what_is_unknown_is_zero,
            a_list_is_no_longer_than_its_limit,
            pages_by_title_hold_every_movie_once,
            pages_by_release_year_hold_every_movie_once,
            pages_by_weighted_score_hold_every_movie_once,
            pages_by_number_of_ratings_hold_every_movie_once,
            pages_by_time_added_hold_every_movie_once,
            a_page_starts_behind_a_movie_that_is_gone,
        }
    };
}
