//! The contracts of `RatingReader`.

use reelmark_application::ports::{
    ListRatings, MovieRatingRecord, PutRating, RatingPosition, RatingRecord, UpdateProfile,
    UserRatingRecord,
};
use reelmark_domain::Visibility;
use time::{Duration, OffsetDateTime};

use super::Stores;
use super::stores::profile_of;
use crate::builders::{minute, movie, put_rating, ratings_of};

pub async fn finds_the_rating_of_one_user_and_one_movie(stores: Stores) {
    let users = stores.add_users(2).await;
    let movies = [stores.add_movie("Up").await, stores.add_movie("M").await];
    let mut score = 0;
    for user in &users {
        for movie in movies {
            score += 1;
            stores.rate(*user, movie, score).await;
        }
    }

    let found = stores.rating_reader.find(users[1], movies[0]).await.unwrap();

    assert_eq!(found.map(|rating| rating.score), Some(3));
}

pub async fn finds_nothing_where_nothing_was_rated(stores: Stores) {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);

    for (user, movie) in [(ada, up), (ada, up + 1), (ada + 1, up), (0, -1), (i64::MAX, i64::MIN)] {
        let found = stores.rating_reader.find(user, movie).await.unwrap();
        assert_eq!(found, None);
    }
}

pub async fn lists_of_the_unknown_are_empty(stores: Stores) {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);
    let reader = &stores.rating_reader;

    for id in [up, up + 1, 0, -1] {
        assert_eq!(reader.list_of_movie(ratings_of(id)).await.unwrap(), []);
        assert_eq!(reader.count_of_movie(id).await.unwrap(), 0);
    }
    for id in [ada, ada + 1, 0, -1] {
        assert_eq!(reader.list_of_user(ratings_of(id)).await.unwrap(), []);
        assert_eq!(reader.histogram_of_user(id).await.unwrap(), [0; 10]);
    }
}

pub async fn a_movies_rating_names_who_gave_it(stores: Stores) {
    let (ada, bob) = (stores.add_user("Ada_L").await, stores.add_user("bob").await);
    let up = stores.add_movie("Up").await;
    let named = UpdateProfile {
        display_name: Some("Ada Lovelace".into()),
        ..profile_of(&stores.user(ada).await)
    };
    stores.users.update_profile(named).await.unwrap();
    let rating = PutRating { review: Some("Good.".into()), ..put_rating(ada, up, 8) };
    let of_ada = stores.put(rating).await.rating;
    let of_bob = rate_at(&stores, (bob, up), minute(-1)).await;

    let listed = stores.rating_reader.list_of_movie(ratings_of(up)).await;

    let expected = [
        MovieRatingRecord {
            rating: of_ada,
            username: "Ada_L".into(),
            display_name: Some("Ada Lovelace".into()),
        },
        MovieRatingRecord { rating: of_bob, username: "bob".into(), display_name: None },
    ];
    assert_eq!(listed.unwrap(), expected);
}

pub async fn a_users_rating_names_what_was_rated(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let casablanca = stores.add(movie("Casablanca").year(1942)).await;
    let up = stores.add_movie("Up").await;
    let of_casablanca = stores.rate(ada, casablanca, 8).await.rating;
    let of_up = rate_at(&stores, (ada, up), minute(-1)).await;

    let listed = stores.rating_reader.list_of_user(ratings_of(ada)).await;

    let expected = [
        UserRatingRecord {
            rating: of_casablanca,
            title: "Casablanca".into(),
            release_year: Some(1942),
        },
        UserRatingRecord { rating: of_up, title: "Up".into(), release_year: None },
    ];
    assert_eq!(listed.unwrap(), expected);
}

pub async fn the_latest_rating_of_a_movie_comes_first(stores: Stores) {
    let up = stores.add_movie("Up").await;
    let users = stores.add_users(13).await;
    let mut expected = rate_in_pairs(&stores, users.iter().map(|user| (*user, up))).await;
    expected.sort_by_key(|rating| (rating.updated_at, rating.user_id));
    expected.reverse();

    let listed = stores.rating_reader.list_of_movie(ratings_of(up)).await.unwrap();

    assert_eq!(ratings_for_movie(listed), expected);
}

pub async fn the_latest_rating_by_a_user_comes_first(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let movies = stores.add_movies(13).await;
    let mut expected = rate_in_pairs(&stores, movies.iter().map(|movie| (ada, *movie))).await;
    expected.sort_by_key(|rating| (rating.updated_at, rating.movie_id));
    expected.reverse();

    let listed = stores.rating_reader.list_of_user(ratings_of(ada)).await.unwrap();

    assert_eq!(ratings_by_user(listed), expected);
}

pub async fn a_rating_written_again_moves_to_the_front(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let movies = stores.add_movies(3).await;
    for (n, movie) in (0..).zip(&movies) {
        rate_at(&stores, (ada, *movie), minute(n)).await;
    }
    rate_at(&stores, (ada, movies[0]), minute(9)).await;

    let listed = stores.rating_reader.list_of_user(ratings_of(ada)).await.unwrap();

    let order: Vec<_> = listed.iter().map(|listed| listed.rating.movie_id).collect();
    assert_eq!(order, [movies[0], movies[2], movies[1]]);
}

pub async fn pages_of_a_movies_ratings_hold_each_once(stores: Stores) {
    let up = stores.add_movie("Up").await;
    let users = stores.add_users(13).await;
    rate_in_pairs(&stores, users.iter().map(|user| (*user, up))).await;
    stores.set_visibility(users[5], Visibility::Private).await;
    let reader = &stores.rating_reader;
    let all = ratings_for_movie(reader.list_of_movie(ratings_of(up)).await.unwrap());

    for limit in [1, 2, 7] {
        let (mut paged, mut after) = (Vec::new(), None);
        loop {
            let page = reader.list_of_movie(ListRatings { of: up, after, limit }).await;
            let page = ratings_for_movie(page.unwrap());
            assert!(page.len() <= limit);
            let Some(last) = page.last() else { break };
            after = Some(place(last.updated_at, last.user_id));
            paged.extend(page);
            assert!(paged.len() <= all.len(), "the pages go round in circles");
        }
        assert_eq!(paged, all);
    }
}

pub async fn pages_of_a_users_ratings_hold_each_once(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let movies = stores.add_movies(13).await;
    rate_in_pairs(&stores, movies.iter().map(|movie| (ada, *movie))).await;
    let reader = &stores.rating_reader;
    let all = ratings_by_user(reader.list_of_user(ratings_of(ada)).await.unwrap());

    for limit in [1, 2, 7] {
        let (mut paged, mut after) = (Vec::new(), None);
        loop {
            let page = reader.list_of_user(ListRatings { of: ada, after, limit }).await;
            let page = ratings_by_user(page.unwrap());
            assert!(page.len() <= limit);
            let Some(last) = page.last() else { break };
            after = Some(place(last.updated_at, last.movie_id));
            paged.extend(page);
            assert!(paged.len() <= all.len(), "the pages go round in circles");
        }
        assert_eq!(paged, all);
    }
}

pub async fn a_page_starts_behind_a_place_that_is_gone(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let movies = stores.add_movies(3).await;
    for (n, movie) in (0..).zip(&movies) {
        rate_at(&stores, (ada, *movie), minute(n)).await;
    }
    stores.ratings.remove(ada, movies[1], minute(9)).await.unwrap();
    let behind = ListRatings { after: Some(place(minute(1), movies[1])), ..ratings_of(ada) };

    let listed = stores.rating_reader.list_of_user(behind).await.unwrap();

    let order: Vec<_> = listed.iter().map(|listed| listed.rating.movie_id).collect();
    assert_eq!(order, [movies[0]]);
}

pub async fn ratings_of_private_profiles_are_hidden_from_a_movies_list(stores: Stores) {
    let (ada, bob) = (stores.add_user("ada").await, stores.add_user("bob").await);
    let up = stores.add_movie("Up").await;
    stores.rate(ada, up, 8).await;
    stores.rate(bob, up, 3).await;
    let reader = &stores.rating_reader;

    let cases = [(Visibility::Private, vec![bob]), (Visibility::Public, vec![bob, ada])];
    for (visibility, expected) in cases {
        stores.set_visibility(ada, visibility).await;
        let listed = reader.list_of_movie(ratings_of(up)).await.unwrap();
        let shown: Vec<_> = listed.iter().map(|listed| listed.rating.user_id).collect();
        assert_eq!(shown, expected);
        let count = reader.count_of_movie(up).await.unwrap();
        assert_eq!(count, expected.len() as u64);
    }
}

pub async fn a_private_profile_hides_nothing_from_its_owners_list(stores: Stores) {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);
    stores.rate(ada, up, 8).await;
    stores.set_visibility(ada, Visibility::Private).await;
    let reader = &stores.rating_reader;

    assert_eq!(reader.list_of_user(ratings_of(ada)).await.unwrap().len(), 1);
    assert_eq!(reader.histogram_of_user(ada).await.unwrap()[7], 1);
    assert!(reader.find(ada, up).await.unwrap().is_some());
}

pub async fn counts_ratings_whatever_page_is_read(stores: Stores) {
    let up = stores.add_movie("Up").await;
    let users = stores.add_users(5).await;
    rate_in_pairs(&stores, users.iter().map(|user| (*user, up))).await;
    stores.add_movie("M").await;

    assert_eq!(stores.rating_reader.count_of_movie(up).await.unwrap(), 5);
}

pub async fn counts_a_users_ratings_by_score(stores: Stores) {
    let (ada, bob) = (stores.add_user("ada").await, stores.add_user("bob").await);
    let movies = stores.add_movies(6).await;
    for (movie, score) in movies.iter().zip([1, 10, 10, 7, 7, 7]) {
        stores.rate(ada, *movie, score).await;
    }
    stores.rate(bob, movies[0], 4).await;
    stores.rate(ada, movies[5], 2).await;

    let scores = stores.rating_reader.histogram_of_user(ada).await.unwrap();

    assert_eq!(scores, [1, 1, 0, 0, 0, 0, 2, 0, 0, 2]);
}

async fn rate_at(stores: &Stores, (user, movie): (i64, i64), at: OffsetDateTime) -> RatingRecord {
    let rating = PutRating { at, ..put_rating(user, movie, 8) };
    stores.put(rating).await.rating
}

/// Rates two at the same time each, one microsecond apart from the next two, in an order of times
/// that is not that of the ids.
async fn rate_in_pairs(
    stores: &Stores,
    pairs: impl Iterator<Item = (i64, i64)>,
) -> Vec<RatingRecord> {
    let mut ratings = Vec::new();
    for (n, pair) in (0..).zip(pairs) {
        let at = minute(0) + Duration::microseconds(n * 5 % 13 / 2);
        ratings.push(rate_at(stores, pair, at).await);
    }
    ratings
}

fn ratings_for_movie(listed: Vec<MovieRatingRecord>) -> Vec<RatingRecord> {
    listed.into_iter().map(|listed| listed.rating).collect()
}

fn ratings_by_user(listed: Vec<UserRatingRecord>) -> Vec<RatingRecord> {
    listed.into_iter().map(|listed| listed.rating).collect()
}

fn place(updated_at: OffsetDateTime, id: i64) -> RatingPosition {
    let micros = updated_at.unix_timestamp_nanos() / 1_000;
    RatingPosition { updated_at_micros: i64::try_from(micros).unwrap(), id }
}

/// Declares one test per contract of `RatingReader`.
#[macro_export]
macro_rules! rating_reader_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { rating_reader, $fresh_stores,
            finds_the_rating_of_one_user_and_one_movie,
            finds_nothing_where_nothing_was_rated,
            lists_of_the_unknown_are_empty,
            a_movies_rating_names_who_gave_it,
            a_users_rating_names_what_was_rated,
            the_latest_rating_of_a_movie_comes_first,
            the_latest_rating_by_a_user_comes_first,
            a_rating_written_again_moves_to_the_front,
            pages_of_a_movies_ratings_hold_each_once,
            pages_of_a_users_ratings_hold_each_once,
            a_page_starts_behind_a_place_that_is_gone,
            ratings_of_private_profiles_are_hidden_from_a_movies_list,
            a_private_profile_hides_nothing_from_its_owners_list,
            counts_ratings_whatever_page_is_read,
            counts_a_users_ratings_by_score,
        }
    };
}
