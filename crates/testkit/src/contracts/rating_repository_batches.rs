//! The contracts of `RatingRepository`, so many writers at a time that they are stored together.

use std::collections::HashMap;

use reelmark_application::ports::{PutOutcome, RepositoryError};

use super::Stores;
use super::races::{Call, at_once};
use crate::builders::{minute, put_rating};

pub async fn of_500_writes_at_once_each_is_answered(stores: Stores) {
    let users = stores.add_users(25).await;
    let movies = stores.add_movies(20).await;
    let pairs = users.iter().flat_map(|user| movies.iter().map(move |movie| (*user, *movie)));
    let calls = (0..).zip(pairs).map(|(n, (user, movie))| {
        let (ratings, asked) = (stores.ratings.clone(), put_rating(user, movie, n % 10 + 1));
        async move { (asked.clone(), ratings.put(asked).await.unwrap().unwrap()) }
    });
    let calls: Vec<_> = calls.collect();

    let answered = at_once(calls).await;

    assert_eq!(answered.len(), 500);
    for (asked, PutOutcome { rating, previous_score }) in answered {
        assert_eq!((rating.user_id, rating.movie_id), (asked.user_id, asked.movie_id));
        assert_eq!((rating.score, rating.version, previous_score), (asked.score, 1, None));
    }
    assert_eq!(stores.take_rating_changes().await.len(), 500);
}

pub async fn many_writes_of_few_ratings_form_a_chain_each(stores: Stores) {
    let users = stores.add_users(4).await;
    let movies = stores.add_movies(2).await;
    let calls = (0..240).map(|n| {
        let (user, movie) = (users[n % 4], movies[n / 4 % 2]);
        let (ratings, score) = (stores.ratings.clone(), (n % 7 + 1) as i16);
        async move { ratings.put(put_rating(user, movie, score)).await.unwrap().unwrap() }
    });

    let mut outcomes = at_once(calls).await;

    outcomes.sort_by_key(|outcome| outcome.rating.version);
    let mut last: HashMap<(i64, i64), (i64, i16)> = HashMap::new();
    for PutOutcome { rating, previous_score } in outcomes {
        let key = (rating.user_id, rating.movie_id);
        let (version, score) = last.get(&key).copied().unzip();
        assert_eq!(rating.version, version.unwrap_or(0) + 1);
        assert_eq!(previous_score, score);
        last.insert(key, (rating.version, rating.score));
    }
    assert!(last.len() == 8 && last.values().all(|(version, _)| *version == 30));
    let mut told: HashMap<(i64, i64), i16> = HashMap::new();
    for change in stores.take_rating_changes().await {
        let known = told.insert((change.user, change.movie), change.new.unwrap());
        assert_eq!(change.old, known);
    }
    for ((user, movie), (version, score)) in last {
        let stored = stores.rating_reader.find(user, movie).await.unwrap().unwrap();
        assert_eq!((stored.version, stored.score), (version, score));
        assert_eq!(told[&(user, movie)], score);
    }
}

pub async fn a_rating_that_is_refused_fails_alone(stores: Stores) {
    let users = stores.add_users(40).await;
    let up = stores.add_movie("Up").await;
    let calls = users.iter().map(|user| {
        let is_bad = *user == users[17];
        let rating = put_rating(*user, up, if is_bad { 11 } else { 8 });
        let ratings = stores.ratings.clone();
        async move { (is_bad, ratings.put(rating).await) }
    });
    let calls: Vec<_> = calls.collect();

    for (is_bad, outcome) in at_once(calls).await {
        if is_bad {
            assert!(matches!(outcome, Err(RepositoryError::Corrupt(_))));
        } else {
            assert_eq!(outcome.unwrap().unwrap().rating.score, 8);
        }
    }
    assert_eq!(stores.rating_reader.count_of_movie(up).await.unwrap(), 39);
    assert_eq!(stores.take_rating_changes().await.len(), 39);
}

pub async fn old_and_new_ratings_are_written_while_their_movie_is_removed(stores: Stores) {
    let users = stores.add_users(40).await;
    for round in 0..4 {
        let up = stores.add_movie(&format!("Up {round}")).await;
        for user in users.iter().step_by(2) {
            stores.rate(*user, up, 3).await;
        }
        let movies = stores.movies.clone();
        let mut calls: Vec<Call<()>> = vec![Box::pin(async move {
            assert!(movies.remove(up, minute(1)).await.unwrap());
        })];
        calls.extend(users.iter().map(|user| -> Call<()> {
            let (ratings, rating) = (stores.ratings.clone(), put_rating(*user, up, 5));
            Box::pin(async move {
                ratings.put(rating).await.unwrap();
            })
        }));

        at_once(calls).await;

        assert_eq!(stores.rating_reader.count_of_movie(up).await.unwrap(), 0);
    }
}

/// Declares one test per contract of `RatingRepository`, so many writers at a time that they are
/// stored together.
#[macro_export]
macro_rules! rating_repository_batches_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { rating_repository_batches, $fresh_stores,
            of_500_writes_at_once_each_is_answered,
            many_writes_of_few_ratings_form_a_chain_each,
            a_rating_that_is_refused_fails_alone,
            old_and_new_ratings_are_written_while_their_movie_is_removed,
        }
    };
}
