//! The contracts of `InstanceExportReader`.

use reelmark_application::ports::{MovieRecord, RatingRecord};

use super::Stores;
use crate::builders::movie;

fn keys(ratings: &[RatingRecord]) -> Vec<(i64, i64)> {
    ratings.iter().map(|rating| (rating.user_id, rating.movie_id)).collect()
}

pub async fn all_ratings_are_listed_by_user_and_movie(stores: Stores) {
    let (users, movies) = (stores.add_users(2).await, stores.add_movies(2).await);
    for (user, movie) in [(1, 0), (0, 1), (1, 1), (0, 0)] {
        stores.rate(users[user], movies[movie], 7).await;
    }
    let everything = &stores.everything;

    let first = everything.list_all_ratings((0, 0), 3).await.unwrap();
    let rest = everything.list_all_ratings((users[1], movies[0]), 3).await.unwrap();

    let expected = [(users[0], movies[0]), (users[0], movies[1]), (users[1], movies[0])];
    assert_eq!(keys(&first), expected);
    assert_eq!(keys(&rest), [(users[1], movies[1])]);
    let stored = stores.rating_reader.find(users[0], movies[0]).await.unwrap().unwrap();
    assert_eq!(first[0], stored);
}

pub async fn all_movies_are_listed_by_id(stores: Stores) {
    let movies = stores.add_movies(2).await;
    let last = stores.add(movie("Last").genres(&["Drama", "War"]).imdb("tt0000001")).await;
    let everything = &stores.everything;

    let first = everything.list_all_movies(0, 2).await.unwrap();
    let rest: Vec<MovieRecord> = everything.list_all_movies(movies[1], 2).await.unwrap();

    assert_eq!(first.iter().map(|movie| movie.id).collect::<Vec<_>>(), movies);
    assert_eq!(rest, [stores.details(last).await.movie]);
}

/// Declares one test per contract of `InstanceExportReader`.
#[macro_export]
macro_rules! instance_export_reader_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { instance_export_reader, $fresh_stores,
            all_ratings_are_listed_by_user_and_movie,
            all_movies_are_listed_by_id,
        }
    };
}
