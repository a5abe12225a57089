//! The contracts of `MovieRepository`: removing.

use reelmark_application::messages::{Message, MovieChangedV1, RatingChangedV1};
use reelmark_application::ports::MovieSort;

use super::Stores;
use super::movie_repository::full_movie;
use super::races::{Call, at_once};
use super::stores::decode;
use crate::builders::{all_movies, minute, movies_like, put_rating, ratings_of};

pub async fn removes_a_movie_and_its_search_entries(stores: Stores) {
    let id = stores.add(full_movie()).await;
    let other = stores.add_movie("Up").await;

    assert!(stores.movies.remove(id, minute(1)).await.unwrap());

    assert_eq!(stores.movies.find(id).await.unwrap(), None);
    assert_eq!(stores.movie_reader.find(id).await.unwrap(), None);
    assert!(stores.list(movies_like("casablanca")).await.is_empty());
    let left = stores.list(all_movies(MovieSort::WeightedScore)).await;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].details.movie.id, other);
}

pub async fn removes_the_ratings_of_a_movie_and_no_others(stores: Stores) {
    let (ada, bob) = (stores.add_user("ada").await, stores.add_user("bob").await);
    let (up, other) = (stores.add_movie("Up").await, stores.add_movie("M").await);
    for (user, movie) in [(ada, up), (bob, up), (ada, other)] {
        stores.rate(user, movie, 8).await;
    }

    stores.movies.remove(up, minute(1)).await.unwrap();

    let reader = &stores.rating_reader;
    assert_eq!(reader.find(ada, up).await.unwrap(), None);
    assert_eq!(reader.list_of_movie(ratings_of(up)).await.unwrap(), []);
    assert_eq!(reader.count_of_movie(up).await.unwrap(), 0);
    let of_ada = reader.list_of_user(ratings_of(ada)).await.unwrap();
    assert_eq!(of_ada.len(), 1);
    assert_eq!(of_ada[0].rating.movie_id, other);
    let scores = reader.histogram_of_user(ada).await.unwrap();
    assert_eq!(scores.iter().sum::<i64>(), 1);
}

pub async fn tells_of_every_rating_that_went_with_a_movie(stores: Stores) {
    let (ada, bob) = (stores.add_user("ada").await, stores.add_user("bob").await);
    let (up, other) = (stores.add_movie("Up").await, stores.add_movie("M").await);
    for (user, movie, score) in [(ada, up, 8), (bob, up, 3), (ada, other, 9)] {
        stores.rate(user, movie, score).await;
    }
    stores.take_messages().await;

    stores.movies.remove(up, minute(1)).await.unwrap();

    let messages = stores.take_messages().await;
    assert!(messages.iter().all(|message| message.created_at == minute(1)));
    let told: Vec<_> = messages.iter().map(decode).collect();
    assert_eq!(told.len(), 3);
    for expected in [gone(up, ada, 8), gone(up, bob, 3), changed(up)] {
        assert!(told.contains(&expected), "{expected:?} is missing in {told:?}");
    }
}

pub async fn tells_of_an_unrated_movie_with_one_message(stores: Stores) {
    let up = stores.add_movie("Up").await;

    stores.movies.remove(up, minute(1)).await.unwrap();

    assert_eq!(stores.take_decoded_messages().await, [changed(up)]);
}

pub async fn the_catalogues_mean_follows_a_removal(stores: Stores) {
    let (ada, bob) = (stores.add_user("ada").await, stores.add_user("bob").await);
    let (up, other) = (stores.add_movie("Up").await, stores.add_movie("M").await);
    stores.rate(ada, up, 2).await;
    stores.rate(ada, other, 8).await;
    stores.drain().await;

    stores.movies.remove(up, minute(1)).await.unwrap();
    stores.rate(bob, other, 9).await;
    stores.drain().await;

    let summary = stores.details(other).await.summary;
    assert_eq!(summary.catalogue_mean, Some(8.5));
}

pub async fn a_movie_can_be_removed_before_its_ratings_are_counted_in(stores: Stores) {
    let (ada, bob) = (stores.add_user("ada").await, stores.add_user("bob").await);
    let (up, other) = (stores.add_movie("Up").await, stores.add_movie("M").await);
    stores.rate(ada, up, 2).await;
    stores.rate(bob, up, 3).await;
    stores.movies.remove(up, minute(1)).await.unwrap();
    stores.rate(ada, other, 7).await;

    stores.drain().await;

    let summary = stores.details(other).await.summary;
    assert_eq!(summary.catalogue_mean, Some(7.0));
}

pub async fn removes_a_movie_once(stores: Stores) {
    let up = stores.add_movie("Up").await;
    stores.movies.remove(up, minute(1)).await.unwrap();
    stores.take_messages().await;

    for id in [up, up + 1, 0, -1] {
        assert!(!stores.movies.remove(id, minute(2)).await.unwrap());
    }
    assert_eq!(stores.take_decoded_messages().await, []);
}

pub async fn of_8_removals_of_one_movie_at_once_one_happens(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let up = stores.add_movie("Up").await;
    stores.rate(ada, up, 8).await;
    stores.take_messages().await;
    let calls = (0..8).map(|_| {
        let movies = stores.movies.clone();
        async move { movies.remove(up, minute(1)).await.unwrap() }
    });

    let removed = at_once(calls).await.into_iter().filter(|removed| *removed);

    assert_eq!(removed.count(), 1);
    assert_eq!(stores.take_messages().await.len(), 2);
}

pub async fn no_rating_survives_a_removal_at_the_same_moment(stores: Stores) {
    let users = stores.add_users(16).await;
    let up = stores.add_movie("Up").await;
    let other = stores.add_movie("M").await;
    stores.rate(users[0], up, 8).await;
    let movies = stores.movies.clone();
    let mut calls: Vec<Call<()>> = vec![Box::pin(async move {
        assert!(movies.remove(up, minute(1)).await.unwrap());
    })];
    for user in users.clone() {
        let ratings = stores.ratings.clone();
        calls.push(Box::pin(async move {
            ratings.put(put_rating(user, up, 5)).await.unwrap();
        }));
    }

    at_once(calls).await;

    for user in &users {
        let left = stores.rating_reader.find(*user, up).await.unwrap();
        assert_eq!(left, None);
    }
    stores.rate(users[0], other, 9).await;
    stores.drain().await;
    let summary = stores.details(other).await.summary;
    assert_eq!(summary.catalogue_mean, Some(9.0));
}

pub async fn the_external_ids_of_a_removed_movie_are_free(stores: Stores) {
    let id = stores.add(full_movie()).await;
    stores.movies.remove(id, minute(1)).await.unwrap();

    stores.add(full_movie()).await;
}

/// A late message about the removed movie would be counted in for the new one.
pub async fn the_id_of_a_removed_movie_is_never_given_out_again(stores: Stores) {
    let removed = stores.add_movie("Up").await;
    stores.movies.remove(removed, minute(1)).await.unwrap();

    assert!(stores.add_movie("M").await > removed);
}

fn changed(movie: i64) -> Message {
    Message::MovieChanged(MovieChangedV1 { movie })
}

fn gone(movie: i64, user: i64, score: i16) -> Message {
    Message::RatingChanged(RatingChangedV1 { movie, user, old: Some(score), new: None })
}

/// Declares one test per contract of `MovieRepository`: removing.
#[macro_export]
macro_rules! movie_repository_remove_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { movie_repository_remove, $fresh_stores,
            removes_a_movie_and_its_search_entries,
            removes_the_ratings_of_a_movie_and_no_others,
            tells_of_every_rating_that_went_with_a_movie,
            tells_of_an_unrated_movie_with_one_message,
            the_catalogues_mean_follows_a_removal,
            a_movie_can_be_removed_before_its_ratings_are_counted_in,
            removes_a_movie_once,
            of_8_removals_of_one_movie_at_once_one_happens,
            no_rating_survives_a_removal_at_the_same_moment,
            the_external_ids_of_a_removed_movie_are_free,
            the_id_of_a_removed_movie_is_never_given_out_again,
        }
    };
}
