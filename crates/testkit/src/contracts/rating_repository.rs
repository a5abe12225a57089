//! The contracts of `RatingRepository`, one writer at a time.

use reelmark_application::messages::{Message, RatingChangedV1};
use reelmark_application::ports::{PutOutcome, PutRating, RatingRecord};
use reelmark_domain::{Rating, Visibility};

use super::Stores;
use super::texts::awkward_paragraphs;
use crate::builders::{NOON, minute, put_rating};

pub async fn a_first_rating_replaces_nothing(stores: Stores) {
    let (ada, up) = ada_and_up(&stores).await;

    let outcome = stores.rate(ada, up, 8).await;

    let rating = RatingRecord {
        user_id: ada,
        movie_id: up,
        score: 8,
        review: None,
        version: 1,
        created_at: NOON,
        updated_at: NOON,
    };
    assert!(Rating::try_from(rating.clone()).is_ok());
    assert_eq!(stored(&stores, ada, up).await, Some(rating.clone()));
    let previous_score = None;
    assert_eq!(outcome, PutOutcome { rating, previous_score });
}

pub async fn a_second_rating_replaces_the_first(stores: Stores) {
    let (ada, up) = ada_and_up(&stores).await;
    let first = stores.rate(ada, up, 8).await.rating;

    let second = PutRating { at: minute(3), ..put_rating(ada, up, 5) };
    let outcome = stores.put(second).await;

    let rating = RatingRecord { score: 5, version: 2, updated_at: minute(3), ..first };
    assert_eq!(stored(&stores, ada, up).await, Some(rating.clone()));
    let previous_score = Some(8);
    assert_eq!(outcome, PutOutcome { rating, previous_score });
}

pub async fn tells_the_old_and_the_new_score(stores: Stores) {
    let (ada, up) = ada_and_up(&stores).await;

    for score in [8, 5, 10, 1] {
        stores.rate(ada, up, score).await;
    }

    let expected = [(None, 8), (Some(8), 5), (Some(5), 10), (Some(10), 1)];
    let expected = expected.map(|(old, new)| told(ada, up, old, Some(new)));
    assert_eq!(stores.take_rating_changes().await, expected);
}

pub async fn a_message_is_as_old_as_its_rating(stores: Stores) {
    let (ada, up) = ada_and_up(&stores).await;
    for (n, score) in [(1, 8), (2, 5)] {
        let rating = PutRating { at: minute(n), ..put_rating(ada, up, score) };
        stores.put(rating).await;
    }
    stores.ratings.remove(ada, up, minute(3)).await.unwrap();

    let messages = stores.take_messages().await;

    let times: Vec<_> = messages.iter().map(|message| message.created_at).collect();
    assert_eq!(times, [minute(1), minute(2), minute(3)]);
}

pub async fn the_same_score_again_is_a_new_version_without_a_message(stores: Stores) {
    let (ada, up) = ada_and_up(&stores).await;
    stores.put(reviewed(ada, up, "Good.")).await;
    stores.take_messages().await;

    let outcome = stores.put(reviewed(ada, up, "Very good.")).await;

    assert_eq!(outcome.previous_score, Some(8));
    assert_eq!(outcome.rating.version, 2);
    assert_eq!(outcome.rating.review.as_deref(), Some("Very good."));
    assert_eq!(stored(&stores, ada, up).await, Some(outcome.rating));
    assert_eq!(stores.take_decoded_messages().await, []);
}

pub async fn the_very_same_rating_again_is_a_new_version(stores: Stores) {
    let (ada, up) = ada_and_up(&stores).await;

    for version in 1..=3 {
        let outcome = stores.put(reviewed(ada, up, "Good.")).await;
        assert_eq!(outcome.rating.version, version);
    }
    assert_eq!(stores.take_messages().await.len(), 1);
}

pub async fn a_rating_without_a_review_removes_the_review(stores: Stores) {
    let (ada, up) = ada_and_up(&stores).await;
    stores.put(reviewed(ada, up, "Good.")).await;

    let outcome = stores.rate(ada, up, 8).await;

    assert_eq!(outcome.rating.review, None);
    assert_eq!(stored(&stores, ada, up).await, Some(outcome.rating));
}

pub async fn keeps_awkward_and_long_reviews_as_they_are(stores: Stores) {
    let (ada, up) = ada_and_up(&stores).await;

    for review in [awkward_paragraphs(), "🎬".repeat(5_000)] {
        let outcome = stores.put(reviewed(ada, up, &review)).await;
        assert_eq!(outcome.rating.review, Some(review));
        assert_eq!(stored(&stores, ada, up).await, Some(outcome.rating));
    }
}

pub async fn takes_every_score(stores: Stores) {
    let (ada, up) = ada_and_up(&stores).await;

    for score in 1..=10 {
        assert_eq!(stores.rate(ada, up, score).await.rating.score, score);
    }
}

pub async fn keeps_times_to_the_microsecond(stores: Stores) {
    let (ada, up) = ada_and_up(&stores).await;

    for micros in [0, 1, 123_457, 999_999] {
        let at = minute(1).replace_microsecond(micros).unwrap();
        let rating = PutRating { at, ..put_rating(ada, up, 8) };
        assert_eq!(stores.put(rating).await.rating.updated_at, at);
        let stored = stored(&stores, ada, up).await.unwrap();
        assert_eq!(stored.updated_at, at);
    }
}

pub async fn there_is_nothing_to_rate_without_a_movie_and_a_user(stores: Stores) {
    let (ada, up) = ada_and_up(&stores).await;

    for (user, movie) in [(ada, up + 1), (ada + 1, up), (ada + 1, up + 1), (0, 0)] {
        let outcome = stores.ratings.put(put_rating(user, movie, 8)).await;
        assert_eq!(outcome.unwrap(), None);
        assert_eq!(stored(&stores, user, movie).await, None);
    }
    assert_eq!(stores.take_decoded_messages().await, []);
}

pub async fn ratings_of_other_users_and_movies_are_left_alone(stores: Stores) {
    let (ada, up) = ada_and_up(&stores).await;
    let (bob, m) = (stores.add_user("bob").await, stores.add_movie("M").await);
    let bobs = stores.rate(bob, up, 3).await.rating;
    let of_m = stores.rate(ada, m, 4).await.rating;

    stores.rate(ada, up, 8).await;
    stores.rate(ada, up, 9).await;
    stores.ratings.remove(ada, up, minute(1)).await.unwrap();

    assert_eq!(stored(&stores, bob, up).await, Some(bobs));
    assert_eq!(stored(&stores, ada, m).await, Some(of_m));
}

pub async fn ratings_of_private_profiles_are_told_like_others(stores: Stores) {
    let (ada, up) = ada_and_up(&stores).await;
    stores.set_visibility(ada, Visibility::Private).await;

    stores.rate(ada, up, 8).await;

    let expected = [told(ada, up, None, Some(8))];
    assert_eq!(stores.take_rating_changes().await, expected);
}

pub async fn removes_a_rating_and_tells_its_score(stores: Stores) {
    let (ada, up) = ada_and_up(&stores).await;
    stores.rate(ada, up, 8).await;
    stores.rate(ada, up, 6).await;
    stores.take_messages().await;

    assert!(stores.ratings.remove(ada, up, minute(1)).await.unwrap());

    assert_eq!(stored(&stores, ada, up).await, None);
    assert_eq!(stores.take_rating_changes().await, [told(ada, up, Some(6), None)]);
}

pub async fn removes_a_rating_once(stores: Stores) {
    let (ada, up) = ada_and_up(&stores).await;
    stores.rate(ada, up, 8).await;
    stores.ratings.remove(ada, up, minute(1)).await.unwrap();
    stores.take_messages().await;

    for (user, movie) in [(ada, up), (ada + 1, up), (ada, up + 1)] {
        assert!(!stores.ratings.remove(user, movie, minute(2)).await.unwrap());
    }
    assert_eq!(stores.take_decoded_messages().await, []);
}

pub async fn a_rating_after_a_removal_is_a_first_rating(stores: Stores) {
    let (ada, up) = ada_and_up(&stores).await;
    stores.rate(ada, up, 8).await;
    stores.ratings.remove(ada, up, minute(1)).await.unwrap();
    stores.take_messages().await;
    let again = PutRating { at: minute(2), ..put_rating(ada, up, 8) };

    let outcome = stores.put(again).await;

    assert_eq!((outcome.previous_score, outcome.rating.version), (None, 1));
    assert_eq!(outcome.rating.created_at, minute(2));
    assert_eq!(stores.take_rating_changes().await, [told(ada, up, None, Some(8))]);
}

pub async fn a_rating_touches_neither_the_movie_nor_its_summary(stores: Stores) {
    let (ada, up) = ada_and_up(&stores).await;
    let before = stores.details(up).await;

    stores.rate(ada, up, 8).await;

    assert_eq!(stores.details(up).await, before);
    let expected = Message::RatingChanged(told(ada, up, None, Some(8)));
    assert_eq!(stores.take_decoded_messages().await, [expected]);
}

async fn ada_and_up(stores: &Stores) -> (i64, i64) {
    (stores.add_user("ada").await, stores.add_movie("Up").await)
}

async fn stored(stores: &Stores, user: i64, movie: i64) -> Option<RatingRecord> {
    stores.rating_reader.find(user, movie).await.unwrap()
}

fn reviewed(user: i64, movie: i64, review: &str) -> PutRating {
    PutRating { review: Some(review.into()), ..put_rating(user, movie, 8) }
}

fn told(user: i64, movie: i64, old: Option<i16>, new: Option<i16>) -> RatingChangedV1 {
    RatingChangedV1 { movie, user, old, new }
}

/// Declares one test per contract of `RatingRepository`, one writer at a time.
#[macro_export]
macro_rules! rating_repository_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { rating_repository, $fresh_stores,
            a_first_rating_replaces_nothing,
            a_second_rating_replaces_the_first,
            tells_the_old_and_the_new_score,
            a_message_is_as_old_as_its_rating,
            the_same_score_again_is_a_new_version_without_a_message,
            the_very_same_rating_again_is_a_new_version,
            a_rating_without_a_review_removes_the_review,
            keeps_awkward_and_long_reviews_as_they_are,
            takes_every_score,
            keeps_times_to_the_microsecond,
            there_is_nothing_to_rate_without_a_movie_and_a_user,
            ratings_of_other_users_and_movies_are_left_alone,
            ratings_of_private_profiles_are_told_like_others,
            removes_a_rating_and_tells_its_score,
            removes_a_rating_once,
            a_rating_after_a_removal_is_a_first_rating,
            a_rating_touches_neither_the_movie_nor_its_summary,
        }
    };
}
