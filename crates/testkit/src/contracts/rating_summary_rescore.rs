//! The contracts of `RatingSummaryRepository`: following the catalogue's mean.

use reelmark_application::ports::{MovieSort, RatingSummaryRecord};

use super::Stores;
use super::races::at_once;
use super::stores::change;
use crate::builders::{all_movies, minute};

pub async fn brings_a_summary_to_the_current_mean(stores: Stores) {
    let (up, m) = (stores.add_movie("Up").await, stores.add_movie("M").await);
    stores.count_in(up, &[10]).await;
    stores.count_in(m, &[1]).await;

    let rescored = stores.summaries.rescore(10, minute(5)).await.unwrap();

    assert_eq!(rescored, [up]);
    let expected = RatingSummaryRecord {
        movie_id: up,
        histogram: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
        catalogue_mean: Some(5.5),
        version: 2,
        computed_at: minute(5),
    };
    assert_eq!(summary(&stores, up).await, expected);
    assert_eq!(summary(&stores, m).await.version, 1);
}

/// 1,000 ratings of 5, then two of 9: the mean moves by 0.00400 and then by 0.00399 more.
pub async fn leaves_alone_what_lies_within_the_threshold(stores: Stores) {
    let mut movies = Vec::new();
    for (title, scores) in [("A", &[5; 1_000][..]), ("B", &[9]), ("C", &[9])] {
        assert_eq!(rescore(&stores, 10).await, [0; 0], "before {title}");
        movies.push(stores.add_movie(title).await);
        stores.count_in(*movies.last().unwrap(), scores).await;
    }
    let within = (summary(&stores, movies[1]).await, summary(&stores, movies[2]).await);

    assert_eq!(rescore(&stores, 10).await, movies[..1]);

    let after = (summary(&stores, movies[1]).await, summary(&stores, movies[2]).await);
    assert_eq!(after, within);
}

pub async fn a_second_pass_finds_nothing_to_do(stores: Stores) {
    five_left_behind(&stores).await;
    rescore(&stores, 10).await;

    assert_eq!(rescore(&stores, 10).await, [0; 0]);
}

pub async fn brings_no_more_than_the_limit_at_once(stores: Stores) {
    let mut behind = five_left_behind(&stores).await;

    let mut rescored = Vec::new();
    for expected in [2, 2, 1, 0] {
        let movies = rescore(&stores, 2).await;
        assert_eq!(movies.len(), expected);
        rescored.extend(movies);
    }

    rescored.sort_unstable();
    behind.sort_unstable();
    assert_eq!(rescored, behind);
}

pub async fn never_touches_movies_without_ratings(stores: Stores) {
    let (unrated, once) = (stores.add_movie("Up").await, stores.add_movie("M").await);
    stores.count_in(once, &[10]).await;
    stores.apply(vec![change(once, Some(10), None)]).await;
    let behind = five_left_behind(&stores).await;
    let before = (summary(&stores, unrated).await, summary(&stores, once).await);

    let mut rescored = rescore(&stores, 10).await;

    rescored.sort_unstable();
    assert_eq!(rescored, behind);
    let after = (summary(&stores, unrated).await, summary(&stores, once).await);
    assert_eq!(after, before);
}

pub async fn there_is_nothing_to_bring_anywhere_in_an_empty_store(stores: Stores) {
    assert_eq!(rescore(&stores, 10).await, [0; 0]);
    stores.add_movie("Up").await;
    assert_eq!(rescore(&stores, 10).await, [0; 0]);
}

pub async fn lists_by_weighted_score_follow(stores: Stores) {
    let few = stores.add_movie("Few").await;
    stores.count_in(few, &[10]).await;
    let many = stores.add_movie("Many").await;
    stores.count_in(many, &[7; 50]).await;
    let low = stores.add_movie("Low").await;
    stores.count_in(low, &[1; 100]).await;
    let by_score = || all_movies(MovieSort::WeightedScore);
    assert_eq!(stores.titles(by_score()).await, ["Few", "Many", "Low"]);

    rescore(&stores, 10).await;

    assert_eq!(stores.titles(by_score()).await, ["Many", "Few", "Low"]);
}

pub async fn passes_at_once_count_every_version(stores: Stores) {
    let behind = five_left_behind(&stores).await;
    let calls = (0..4).map(|_| {
        let summaries = stores.summaries.clone();
        async move { summaries.rescore(3, minute(5)).await.unwrap().len() }
    });

    let rescored: usize = at_once(calls).await.into_iter().sum();

    let mut versions = 0;
    for movie in behind {
        versions += summary(&stores, movie).await.version - 1;
    }
    assert_eq!(usize::try_from(versions).unwrap(), rescored);
}

async fn rescore(stores: &Stores, limit: usize) -> Vec<i64> {
    stores.summaries.rescore(limit, minute(5)).await.unwrap()
}

async fn summary(stores: &Stores, movie: i64) -> RatingSummaryRecord {
    stores.details(movie).await.summary
}

/// Five movies whose mean of the catalogue is far from the current one, in order of id.
async fn five_left_behind(stores: &Stores) -> Vec<i64> {
    let mut behind = Vec::new();
    for n in 0..5 {
        let movie = stores.add_movie(&format!("Behind {n}")).await;
        stores.count_in(movie, &[10]).await;
        behind.push(movie);
    }
    let latest = stores.add_movie("Latest").await;
    stores.count_in(latest, &[1; 20]).await;
    behind
}

/// Declares one test per contract of `RatingSummaryRepository`: following the catalogue's mean.
#[macro_export]
macro_rules! rating_summary_rescore_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { rating_summary_rescore, $fresh_stores,
            brings_a_summary_to_the_current_mean,
            leaves_alone_what_lies_within_the_threshold,
            a_second_pass_finds_nothing_to_do,
            brings_no_more_than_the_limit_at_once,
            never_touches_movies_without_ratings,
            there_is_nothing_to_bring_anywhere_in_an_empty_store,
            lists_by_weighted_score_follow,
            passes_at_once_count_every_version,
        }
    };
}
