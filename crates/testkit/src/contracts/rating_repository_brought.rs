//! The contracts of `RatingRepository` about ratings that somebody brings along. How two ratings
//! are merged is tested where that is decided.

use reelmark_application::messages::RatingChangedV1;
use reelmark_application::ports::{BroughtOutcome, BroughtRating, PutRating, RatingRecord};
use time::OffsetDateTime;

use super::Stores;
use super::races::at_once;
use super::stores::given_at;
use super::texts::awkward_paragraphs;
use crate::builders::{NOON, minute, put_rating};

pub async fn stores_first_ratings_with_the_time_that_they_were_given(stores: Stores) {
    let (ada, movies) = (stores.add_user("ada").await, stores.add_movies(2).await);
    let brought = vec![rating(movies[0], 8, Some(minute(-99))), rating(movies[1], 3, None)];

    let outcomes = bring(&stores, ada, brought).await;

    assert_eq!(outcomes, [Some(BroughtOutcome::Created); 2]);
    let expected = |movie_id, score, at| RatingRecord {
        user_id: ada,
        movie_id,
        score,
        review: None,
        version: 1,
        created_at: at,
        updated_at: at,
    };
    assert_eq!(stored(&stores, ada, movies[0]).await, Some(expected(movies[0], 8, minute(-99))));
    assert_eq!(stored(&stores, ada, movies[1]).await, Some(expected(movies[1], 3, NOON)));
}

pub async fn what_is_newer_replaces_and_what_is_older_does_not(stores: Stores) {
    let (ada, movies) = (stores.add_user("ada").await, stores.add_movies(3).await);
    for movie in &movies {
        let review = Some("Wet.".to_owned());
        stores.put(PutRating { review, ..put_rating(ada, *movie, 5) }).await;
    }
    stores.take_messages().await;

    let brought = vec![
        rating(movies[0], 6, Some(minute(1))),
        rating(movies[1], 7, Some(minute(-1))),
        rating(movies[2], 5, Some(minute(1))),
    ];
    let outcomes = bring(&stores, ada, brought).await;

    let expected = [BroughtOutcome::Updated, BroughtOutcome::NewerHere, BroughtOutcome::Unchanged];
    assert_eq!(outcomes, expected.map(Some));
    let replaced = stored(&stores, ada, movies[0]).await.unwrap();
    assert_eq!((replaced.score, replaced.version), (6, 2));
    assert_eq!((replaced.created_at, replaced.updated_at), (NOON, minute(1)));
    assert_eq!(replaced.review.as_deref(), Some("Wet."));
    for movie in &movies[1..] {
        let left = stored(&stores, ada, *movie).await.unwrap();
        assert_eq!((left.score, left.version, left.updated_at), (5, 1, NOON));
    }
    assert_eq!(stores.take_rating_changes().await, [told(ada, movies[0], Some(5), Some(6))]);
}

pub async fn a_message_about_an_old_rating_is_as_old_as_its_commit(stores: Stores) {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);

    bring(&stores, ada, vec![rating(up, 8, Some(minute(-99)))]).await;

    let messages = stores.take_messages().await;
    let times: Vec<_> = messages.iter().map(|message| message.created_at).collect();
    assert_eq!(times, [NOON]);
}

pub async fn a_message_tells_when_a_rating_was_given_first(stores: Stores) {
    let (ada, movies) = (stores.add_user("ada").await, stores.add_movies(2).await);
    let long_ago = minute(-1_000_000);
    bring(&stores, ada, vec![rating(movies[0], 8, Some(long_ago)), rating(movies[1], 8, None)])
        .await;
    bring(&stores, ada, vec![rating(movies[0], 3, Some(minute(-5)))]).await;
    assert!(stores.ratings.remove(ada, movies[0], minute(9)).await.unwrap());

    let messages = stores.take_decoded_messages().await;

    let times: Vec<_> = messages.iter().map(|message| given_at(message).unwrap()).collect();
    assert_eq!(times, [long_ago, NOON, long_ago, long_ago]);
}

pub async fn a_movie_that_is_not_there_spoils_no_other(stores: Stores) {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);

    let outcomes = bring(&stores, ada, vec![rating(up + 9, 8, None), rating(up, 8, None)]).await;

    assert_eq!(outcomes, [None, Some(BroughtOutcome::Created)]);
    assert_eq!(bring(&stores, ada + 1, vec![rating(up, 8, None)]).await, [None]);
    assert_eq!(bring(&stores, ada, vec![]).await, []);
    assert_eq!(stores.take_rating_changes().await, [told(ada, up, None, Some(8))]);
}

pub async fn several_of_one_movie_are_merged_one_after_the_other(stores: Stores) {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);
    let brought = vec![
        rating(up, 8, Some(minute(-9))),
        rating(up, 4, Some(minute(-5))),
        rating(up, 9, Some(minute(-7))),
    ];

    let outcomes = bring(&stores, ada, brought).await;

    let expected = [BroughtOutcome::Created, BroughtOutcome::Updated, BroughtOutcome::NewerHere];
    assert_eq!(outcomes, expected.map(Some));
    let left = stored(&stores, ada, up).await.unwrap();
    assert_eq!((left.score, left.created_at, left.updated_at), (4, minute(-9), minute(-5)));
    stores.drain().await;
    assert_eq!(stores.details(up).await.summary.histogram, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
}

pub async fn keeps_reviews_as_they_are(stores: Stores) {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);
    let review = Some(awkward_paragraphs());

    bring(&stores, ada, vec![BroughtRating { review: review.clone(), ..rating(up, 8, None) }])
        .await;

    assert_eq!(stored(&stores, ada, up).await.unwrap().review, review);
}

pub async fn those_who_bring_and_rate_at_once_leave_a_chain_of_messages(stores: Stores) {
    let (ada, movies) = (stores.add_user("ada").await, stores.add_movies(5).await);
    let writing = (0..16_i16).map(|n| {
        let (ratings, movies) = (stores.ratings.clone(), movies.clone());
        let score = n % 10 + 1;
        async move {
            if n % 2 == 0 {
                let at = Some(minute(n.into()));
                let brought = movies.iter().rev().map(|movie| rating(*movie, score, at));
                ratings.put_all(ada, brought.collect(), minute(n.into())).await.unwrap();
                return;
            }
            for movie in movies {
                let put = PutRating { at: minute(n.into()), ..put_rating(ada, movie, score) };
                ratings.put(put).await.unwrap();
            }
        }
    });
    at_once(writing).await;

    let changes = stores.take_rating_changes().await;
    for movie in movies {
        let mut last = None;
        for change in changes.iter().filter(|change| change.movie == movie) {
            assert_eq!(change.old, last, "the chain of movie {movie} is broken: {changes:?}");
            last = change.new;
        }
        assert_eq!(last, stored(&stores, ada, movie).await.map(|rating| rating.score));
    }
}

fn rating(movie_id: i64, score: i16, rated_at: Option<OffsetDateTime>) -> BroughtRating {
    BroughtRating { movie_id, score, review: None, rated_at }
}

async fn bring(
    stores: &Stores,
    user_id: i64,
    ratings: Vec<BroughtRating>,
) -> Vec<Option<BroughtOutcome>> {
    stores.ratings.put_all(user_id, ratings, NOON).await.unwrap()
}

async fn stored(stores: &Stores, user_id: i64, movie_id: i64) -> Option<RatingRecord> {
    stores.rating_reader.find(user_id, movie_id).await.unwrap()
}

fn told(user: i64, movie: i64, old: Option<i16>, new: Option<i16>) -> RatingChangedV1 {
    RatingChangedV1 { movie, user, old, new }
}

/// Declares one test per contract of `RatingRepository` about ratings that are brought along.
#[macro_export]
macro_rules! rating_repository_brought_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { rating_repository_brought, $fresh_stores,
            stores_first_ratings_with_the_time_that_they_were_given,
            what_is_newer_replaces_and_what_is_older_does_not,
            a_message_about_an_old_rating_is_as_old_as_its_commit,
            a_message_tells_when_a_rating_was_given_first,
            a_movie_that_is_not_there_spoils_no_other,
            several_of_one_movie_are_merged_one_after_the_other,
            keeps_reviews_as_they_are,
            those_who_bring_and_rate_at_once_leave_a_chain_of_messages,
        }
    };
}
