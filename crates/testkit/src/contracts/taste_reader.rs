//! The contracts of `TasteReader`.

use reelmark_application::ports::{ListTastes, PutRating, TastePage, TasteRecord};
use reelmark_domain::Visibility;

use super::Stores;
use crate::builders::{minute, put_rating};

pub async fn goes_through_all_users_in_parts(stores: Stores) {
    let (users, movies) = (stores.add_users(4).await, stores.add_movies(2).await);
    stores.rate(users[0], movies[0], 9).await;
    stores.rate(users[1], movies[1], 3).await;
    stores.rate(users[3], movies[0], 7).await;

    let part = |after| stores.tastes.list(ListTastes { after, users: 3, latest: 9 });

    let first = [taste(users[0], &[(movies[0], 9)]), taste(users[1], &[(movies[1], 3)])];
    let expected = TastePage { tastes: first.to_vec(), last: Some(users[2]) };
    assert_eq!(part(0).await.unwrap(), expected);
    let last = TastePage { tastes: vec![taste(users[3], &[(movies[0], 7)])], last: Some(users[3]) };
    assert_eq!(part(users[2]).await.unwrap(), last);
    assert_eq!(part(users[3]).await.unwrap(), TastePage::default());
}

pub async fn the_latest_ratings_come_first_and_alone(stores: Stores) {
    let (ada, movies) = (stores.add_user("ada").await, stores.add_movies(4).await);
    let at = |movie: i64, n| PutRating { at: minute(n), ..put_rating(ada, movie, 5) };
    stores.put(at(movies[0], 1)).await;
    stores.put(at(movies[1], 3)).await;
    stores.put(at(movies[2], 2)).await;
    stores.put(at(movies[3], 2)).await;
    stores.put(PutRating { score: 8, ..at(movies[0], 4) }).await;

    let all = [(movies[0], 8), (movies[1], 5), (movies[3], 5), (movies[2], 5)];
    assert_eq!(stores.tastes.find(ada, 9).await.unwrap(), taste(ada, &all));
    assert_eq!(stores.tastes.find(ada, 2).await.unwrap(), taste(ada, &all[..2]));
    let list = ListTastes { after: 0, users: 9, latest: 3 };
    assert_eq!(stores.tastes.list(list).await.unwrap().tastes, [taste(ada, &all[..3])]);
}

pub async fn private_profiles_count(stores: Stores) {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);
    stores.rate(ada, up, 9).await;
    stores.set_visibility(ada, Visibility::Private).await;

    let page = stores.tastes.list(ListTastes { after: 0, users: 9, latest: 9 }).await.unwrap();

    assert_eq!(page.tastes, [taste(ada, &[(up, 9)])]);
}

pub async fn somebody_who_is_not_there_has_no_taste(stores: Stores) {
    let ada = stores.add_user("ada").await;
    assert_eq!(stores.tastes.find(ada, 9).await.unwrap(), taste(ada, &[]));
    assert_eq!(stores.tastes.find(ada + 1, 9).await.unwrap(), taste(ada + 1, &[]));
}

pub async fn tells_which_of_some_movies_are_rated(stores: Stores) {
    let (ada, bob) = (stores.add_user("ada").await, stores.add_user("bob").await);
    let movies = stores.add_movies(4).await;
    for movie in [movies[0], movies[1], movies[3]] {
        stores.rate(ada, movie, 9).await;
    }
    stores.rate(bob, movies[2], 9).await;
    stores.ratings.remove(ada, movies[1], minute(1)).await.unwrap();

    let mut rated = stores.tastes.rated_among(ada, movies[..3].to_vec()).await.unwrap();
    rated.sort_unstable();

    assert_eq!(rated, [movies[0]]);
    assert!(stores.tastes.rated_among(ada, vec![]).await.unwrap().is_empty());
}

fn taste(user_id: i64, ratings: &[(i64, i16)]) -> TasteRecord {
    TasteRecord { user_id, ratings: ratings.to_vec() }
}

/// Declares one test per contract of `TasteReader`.
#[macro_export]
macro_rules! taste_reader_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { taste_reader, $fresh_stores,
            goes_through_all_users_in_parts,
            the_latest_ratings_come_first_and_alone,
            private_profiles_count,
            somebody_who_is_not_there_has_no_taste,
            tells_which_of_some_movies_are_rated,
        }
    };
}
