//! The contracts of `RatingRepository`, many writers at a time.

use std::collections::HashMap;

use reelmark_application::messages::RatingChangedV1;
use reelmark_application::ports::{PutOutcome, PutRating};

use super::Stores;
use super::races::at_once;
use crate::builders::{minute, put_rating, ratings_of};

pub async fn of_32_writes_of_one_rating_at_once_each_replaces_another(stores: Stores) {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);
    let scores = (0..32).map(|n| put_rating(ada, up, n % 10 + 1));

    let mut outcomes = put_at_once(&stores, scores).await;

    outcomes.sort_by_key(|outcome| outcome.rating.version);
    let mut previous = None;
    for (version, outcome) in (1..).zip(&outcomes) {
        assert_eq!(outcome.rating.version, version);
        assert_eq!(outcome.previous_score, previous);
        previous = Some(outcome.rating.score);
    }
    assert_eq!(outcomes.len(), 32);
    let stored = stores.rating_reader.find(ada, up).await.unwrap();
    assert_eq!(stored.as_ref(), outcomes.last().map(|outcome| &outcome.rating));
    assert_chains(&stores).await;
}

pub async fn writes_and_removals_of_one_rating_at_once_form_a_chain(stores: Stores) {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);
    let calls = (0..40).map(|n| {
        let ratings = stores.ratings.clone();
        async move {
            if n % 4 == 0 {
                ratings.remove(ada, up, minute(1)).await.unwrap();
            } else {
                let rating = put_rating(ada, up, n % 10 + 1);
                ratings.put(rating).await.unwrap().unwrap();
            }
        }
    });

    at_once(calls).await;

    assert_chains(&stores).await;
}

pub async fn of_16_removals_of_one_rating_at_once_one_happens(stores: Stores) {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);
    stores.rate(ada, up, 8).await;
    let calls = (0..16).map(|_| {
        let ratings = stores.ratings.clone();
        async move { ratings.remove(ada, up, minute(1)).await.unwrap() }
    });

    let removed = at_once(calls).await.into_iter().filter(|removed| *removed);

    assert_eq!(removed.count(), 1);
    assert_eq!(stores.take_messages().await.len(), 2);
}

pub async fn many_users_rate_one_movie_at_once(stores: Stores) {
    let users = stores.add_users(64).await;
    let up = stores.add_movie("Up").await;
    let scores = (0..).zip(&users).map(|(n, user)| put_rating(*user, up, n % 10 + 1));

    let outcomes = put_at_once(&stores, scores).await;

    assert!(outcomes.iter().all(|outcome| outcome.previous_score.is_none()));
    assert_eq!(outcomes.len(), 64);
    let stored = stores.rating_reader.list_of_movie(ratings_of(up)).await;
    assert_eq!(stored.unwrap().len(), 64);
    assert_eq!(stores.take_rating_changes().await.len(), 64);
}

pub async fn one_user_rates_many_movies_at_once(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let movies = stores.add_movies(40).await;
    let scores = (0..).zip(movies).map(|(n, movie)| put_rating(ada, movie, n % 10 + 1));

    let outcomes = put_at_once(&stores, scores).await;

    assert_eq!(outcomes.len(), 40);
    let scores = stores.rating_reader.histogram_of_user(ada).await;
    assert_eq!(scores.unwrap(), [4; 10]);
}

pub async fn each_of_many_callers_gets_the_outcome_of_its_own_rating(stores: Stores) {
    let users = stores.add_users(12).await;
    let movies = [stores.add_movie("Up").await, stores.add_movie("M").await];
    let calls = (0..96).map(|n| {
        let ratings = stores.ratings.clone();
        let asked = PutRating {
            review: Some(format!("Review {n}")),
            at: minute(n),
            ..put_rating(users[n as usize % 12], movies[n as usize % 2], (n % 10 + 1) as i16)
        };
        async move { (asked.clone(), ratings.put(asked).await.unwrap().unwrap().rating) }
    });

    for (asked, got) in at_once(calls).await {
        assert_eq!((got.user_id, got.movie_id), (asked.user_id, asked.movie_id));
        assert_eq!((got.score, got.review), (asked.score, asked.review));
        assert_eq!(got.updated_at, asked.at);
    }
    assert_chains(&stores).await;
}

pub async fn a_rating_of_nothing_never_fails_its_neighbours(stores: Stores) {
    let users = stores.add_users(20).await;
    let up = stores.add_movie("Up").await;
    let nobody = users.iter().max().unwrap() + 1;
    let calls = users.iter().flat_map(|user| {
        let asked = [(*user, up), (*user, up + 1), (nobody, up)];
        asked.map(|(user, movie)| {
            let ratings = stores.ratings.clone();
            async move { ratings.put(put_rating(user, movie, 8)).await.unwrap() }
        })
    });
    let calls: Vec<_> = calls.collect();

    let outcomes = at_once(calls).await;

    assert_eq!(outcomes.iter().flatten().count(), 20);
    assert_eq!(stores.rating_reader.count_of_movie(up).await.unwrap(), 20);
    assert_eq!(stores.take_rating_changes().await.len(), 20);
}

pub async fn a_caller_who_gives_up_disturbs_nobody(stores: Stores) {
    let users = stores.add_users(20).await;
    let up = stores.add_movie("Up").await;
    let (leaving, staying) = users.split_at(10);
    for user in leaving {
        let (ratings, rating) = (stores.ratings.clone(), put_rating(*user, up, 3));
        let call = tokio::spawn(async move { ratings.put(rating).await });
        tokio::task::yield_now().await;
        call.abort();
    }

    let scores = staying.iter().map(|user| put_rating(*user, up, 8));
    let outcomes = put_at_once(&stores, scores).await;

    assert_eq!(outcomes.len(), 10);
    let stored = stores.rating_reader.count_of_movie(up).await.unwrap();
    assert!((10..=20).contains(&stored));
}

async fn put_at_once(stores: &Stores, ratings: impl Iterator<Item = PutRating>) -> Vec<PutOutcome> {
    let calls = ratings.map(|rating| {
        let ratings = stores.ratings.clone();
        async move { ratings.put(rating).await.unwrap().unwrap() }
    });
    at_once(calls).await
}

/// The messages of each rating must lead from nothing to what is stored, without a gap.
async fn assert_chains(stores: &Stores) {
    let mut ends: HashMap<(i64, i64), Option<i16>> = HashMap::new();
    for RatingChangedV1 { movie, user, old, new } in stores.take_rating_changes().await {
        let end = ends.entry((user, movie)).or_default();
        assert_eq!(old, *end, "the messages of user {user} and movie {movie} have a gap");
        assert_ne!(old, new, "a message tells of no change");
        *end = new;
    }
    for ((user, movie), end) in ends {
        let stored = stores.rating_reader.find(user, movie).await.unwrap();
        assert_eq!(stored.map(|rating| rating.score), end);
    }
}

/// Declares one test per contract of `RatingRepository`, many writers at a time.
#[macro_export]
macro_rules! rating_repository_races_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { rating_repository_races, $fresh_stores,
            of_32_writes_of_one_rating_at_once_each_replaces_another,
            writes_and_removals_of_one_rating_at_once_form_a_chain,
            of_16_removals_of_one_rating_at_once_one_happens,
            many_users_rate_one_movie_at_once,
            one_user_rates_many_movies_at_once,
            each_of_many_callers_gets_the_outcome_of_its_own_rating,
            a_rating_of_nothing_never_fails_its_neighbours,
            a_caller_who_gives_up_disturbs_nobody,
        }
    };
}
