//! What the ports of ratings, outbox and summaries keep together: once the outbox is drained, every
//! summary equals recomputation from the ratings.

use std::collections::BTreeMap;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use reelmark_application::messages::Channel;
use reelmark_application::ports::RESCORE_THRESHOLD;
use time::Duration;

use super::Stores;
use super::races::at_once;
use super::stores::{THE_END, score_changes};
use crate::builders::{minute, movie, put_rating};

pub async fn summaries_equal_recomputation_after_any_writes(stores: Stores) {
    let users = stores.add_users(6).await;
    let mut movies = stores.add_movies(5).await;
    for seed in 0..4 {
        let mut random = StdRng::seed_from_u64(seed);
        for _ in 0..100 {
            write_something(&stores, &mut random, &users, &mut movies).await;
        }
        stores.drain().await;
        assert_recomputation_agrees(&stores, &users, &movies).await;
    }
}

pub async fn summaries_equal_recomputation_when_every_batch_comes_twice(stores: Stores) {
    let users = stores.add_users(6).await;
    let mut movies = stores.add_movies(3).await;
    let mut random = StdRng::seed_from_u64(7);
    for _ in 0..150 {
        write_something(&stores, &mut random, &users, &mut movies).await;
    }

    let messages = stores.take_messages().await;
    for batch in messages.chunks(7) {
        stores.apply(score_changes(batch)).await;
        stores.apply(score_changes(batch)).await;
    }
    stores.apply(score_changes(&messages)).await;

    assert_recomputation_agrees(&stores, &users, &movies).await;
}

pub async fn summaries_equal_recomputation_while_many_write_at_once(stores: Stores) {
    let users = stores.add_users(8).await;
    let movies = stores.add_movies(4).await;
    let writers = (0..).zip(&users).flat_map(|(n, user)| {
        let (ratings, movies, user) = (stores.ratings.clone(), movies.clone(), *user);
        [2 * n, 2 * n + 1].map(|seed| write_at_random(ratings.clone(), user, movies.clone(), seed))
    });
    let writers: Vec<_> = writers.collect();

    let worker = async {
        for _ in 0..30 {
            stores.drain().await;
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    };
    tokio::join!(at_once(writers), worker);
    stores.drain().await;

    assert_recomputation_agrees(&stores, &users, &movies).await;
}

pub async fn every_rated_movie_ends_near_the_mean_of_all_ratings(stores: Stores) {
    let users = stores.add_users(6).await;
    let mut movies = stores.add_movies(5).await;
    let mut random = StdRng::seed_from_u64(11);
    for _ in 0..60 {
        write_something(&stores, &mut random, &users, &mut movies).await;
        drain_a_little(&stores).await;
    }
    stores.drain().await;

    while !stores.summaries.rescore(2, minute(9)).await.unwrap().is_empty() {}

    let scores = recompute(&stores, &users, &movies).await;
    let (sum, count) = totals(&scores);
    for (id, histogram) in scores {
        let summary = stores.details(id).await.summary;
        if histogram != [0; 10] {
            let distance = summary.catalogue_mean.unwrap() - sum / count;
            assert!(distance.abs() <= RESCORE_THRESHOLD + 1e-9);
        }
    }
}

async fn write_something(stores: &Stores, random: &mut StdRng, users: &[i64], movies: &mut [i64]) {
    let user = users[random.random_range(0..users.len())];
    let place = random.random_range(0..movies.len());
    match random.random_range(0..100) {
        0..70 => {
            let score = random.random_range(1..=10);
            stores.rate(user, movies[place], score).await;
        }
        70..85 => {
            let removal = stores.ratings.remove(user, movies[place], minute(1));
            removal.await.unwrap();
        }
        85..90 => {
            let version = stores.details(movies[place]).await.movie.version;
            let edit = movie("Edited").update(movies[place], version);
            stores.movies.update(edit).await.unwrap().unwrap();
        }
        90..93 => {
            let removal = stores.movies.remove(movies[place], minute(1));
            assert!(removal.await.unwrap());
            movies[place] = stores.add_movie("Another").await;
        }
        _ => drain_a_little(stores).await,
    }
}

async fn write_at_random(
    ratings: std::sync::Arc<dyn reelmark_application::ports::RatingRepository>,
    user: i64,
    movies: Vec<i64>,
    seed: u64,
) {
    let mut random = StdRng::seed_from_u64(seed);
    for _ in 0..20 {
        let movie = movies[random.random_range(0..movies.len())];
        if random.random_ratio(1, 5) {
            ratings.remove(user, movie, minute(1)).await.unwrap();
        } else {
            let rating = put_rating(user, movie, random.random_range(1..=10));
            ratings.put(rating).await.unwrap().unwrap();
        }
    }
}

/// Works on a few messages only, so that later ones meet a summary that lags behind.
async fn drain_a_little(stores: &Stores) {
    let claim = stores.outbox.claim(Channel::Ratings, 3, THE_END, Duration::MINUTE);
    let batch = claim.await.unwrap();
    stores.apply(score_changes(&batch)).await;
    let ids = batch.iter().map(|message| message.id).collect();
    stores.outbox.confirm(ids).await.unwrap();
}

async fn recompute(stores: &Stores, users: &[i64], movies: &[i64]) -> BTreeMap<i64, [i64; 10]> {
    let mut scores = BTreeMap::new();
    for movie in movies {
        let histogram = scores.entry(*movie).or_insert([0; 10]);
        for user in users {
            if let Some(rating) = stores.rating_reader.find(*user, *movie).await.unwrap() {
                histogram[usize::try_from(rating.score - 1).unwrap()] += 1;
            }
        }
    }
    scores
}

fn totals(scores: &BTreeMap<i64, [i64; 10]>) -> (f64, f64) {
    let (mut sum, mut count) = (0, 0);
    for histogram in scores.values() {
        for (score, ratings) in (1..).zip(histogram) {
            sum += score * ratings;
            count += ratings;
        }
    }
    (sum as f64, count as f64)
}

async fn assert_recomputation_agrees(stores: &Stores, users: &[i64], movies: &[i64]) {
    let scores = recompute(stores, users, movies).await;
    for (movie, histogram) in &scores {
        assert_eq!(stores.details(*movie).await.summary.histogram, *histogram);
    }
    // The totals show in the mean that the next movie to be rated gets. It goes again afterwards.
    let (sum, count) = totals(&scores);
    let probe = stores.add_movie("Probe").await;
    stores.rate(users[0], probe, 10).await;
    stores.drain().await;
    let mean = stores.details(probe).await.summary.catalogue_mean.unwrap();
    let expected = (sum + 10.0) / (count + 1.0);
    assert!((mean - expected).abs() < 1e-9, "{mean} is not {expected}");
    assert!(stores.movies.remove(probe, minute(2)).await.unwrap());
    stores.drain().await;
}

/// Declares one test per contract that ratings, outbox and summaries keep together.
#[macro_export]
macro_rules! summaries_follow_ratings_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { summaries_follow_ratings, $fresh_stores,
            summaries_equal_recomputation_after_any_writes,
            summaries_equal_recomputation_when_every_batch_comes_twice,
            summaries_equal_recomputation_while_many_write_at_once,
            every_rated_movie_ends_near_the_mean_of_all_ratings,
        }
    };
}
