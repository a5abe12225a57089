//! The contracts of `ExportReader`.

use reelmark_application::ports::{
    AddedMovieRecord, ExportedRatingRecord, ListAddedMovies, ListRatings, ListRatingsByMovie,
    MovieNamesRecord, PutRating, RatingPosition,
};

use super::Stores;
use crate::builders::{minute, movie, put_rating, ratings_of};

async fn ratings(stores: &Stores, list: ListRatings) -> Vec<ExportedRatingRecord> {
    stores.exports.list_ratings(list).await.unwrap()
}

async fn added(stores: &Stores, added_by: i64, after: Option<i64>) -> Vec<AddedMovieRecord> {
    let list = ListAddedMovies { added_by, after, limit: 2 };
    stores.exports.list_added_movies(list).await.unwrap()
}

fn ids(movies: &[AddedMovieRecord]) -> Vec<i64> {
    movies.iter().map(|added| added.movie.id).collect()
}

pub async fn a_rating_comes_with_all_that_names_its_movie(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let up = movie("Up").year(2009).imdb("tt1049413").tmdb(14_160).movielens(68_954);
    let up = stores.add(up).await;
    let review = Some("=1+1, \"so\" they say\nin Grüße".to_owned());
    stores.put(PutRating { review, ..put_rating(ada, up, 9) }).await;

    let listed = ratings(&stores, ratings_of(ada)).await;

    let expected = MovieNamesRecord {
        id: up,
        title: "Up".into(),
        release_year: Some(2009),
        imdb_id: Some("tt1049413".into()),
        tmdb_id: Some(14_160),
        movielens_id: Some(68_954),
    };
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].movie, expected);
    assert_eq!(Some(&listed[0].rating), stores.rating_reader.find(ada, up).await.unwrap().as_ref());
}

pub async fn ratings_are_paged_by_movie_whenever_they_were_given(stores: Stores) {
    let (ada, ben) = (stores.add_user("ada").await, stores.add_user("ben").await);
    let movies = stores.add_movies(3).await;
    for (n, movie) in (0..).zip(movies.iter().rev()) {
        stores.put(PutRating { at: minute(n % 2), ..put_rating(ada, *movie, 5) }).await;
        stores.rate(ben, *movie, 1).await;
    }
    let page = async |after| {
        let list = ListRatingsByMovie { user_id: ada, after, limit: 2 };
        stores.exports.list_ratings_by_movie(list).await.unwrap()
    };

    let pages = [page(None).await, page(Some(movies[1])).await].concat();

    let listed: Vec<_> = pages.iter().map(|listed| listed.movie.id).collect();
    assert_eq!(listed, movies);
    assert!(pages.iter().all(|listed| listed.rating.user_id == ada && listed.rating.score == 5));
}

pub async fn ratings_are_paged_latest_first_and_nobody_elses(stores: Stores) {
    let (ada, ben) = (stores.add_user("ada").await, stores.add_user("ben").await);
    let movies = stores.add_movies(4).await;
    for (n, movie) in (0..).zip(&movies) {
        // The last two at the same moment.
        stores.put(PutRating { at: minute(n.min(2)), ..put_rating(ada, *movie, 5) }).await;
        stores.rate(ben, *movie, 1).await;
    }
    let (mut seen, mut after) = (vec![], None);
    loop {
        let page = ratings(&stores, ListRatings { of: ada, after, limit: 1 }).await;
        let Some(last) = page.last() else { break };
        let micros = last.rating.updated_at.unix_timestamp_nanos() / 1_000;
        let updated_at_micros = i64::try_from(micros).unwrap();
        after = Some(RatingPosition { updated_at_micros, id: last.rating.movie_id });
        seen.extend(page.iter().map(|exported| (exported.rating.user_id, exported.movie.id)));
    }
    assert_eq!(seen, [movies[3], movies[2], movies[1], movies[0]].map(|movie| (ada, movie)));
}

pub async fn added_movies_are_paged_by_id_and_nobody_elses(stores: Stores) {
    let (ada, ben) = (stores.add_user("ada").await, stores.add_user("ben").await);
    let first = stores.add(movie("First").added_by(ada).at(minute(3))).await;
    stores.add(movie("Other").added_by(ben)).await;
    let second = stores.add(movie("Second").added_by(ada)).await;
    stores.add_movie("Nobody's").await;
    let third = stores.add(movie("Third").added_by(ada)).await;

    let page = added(&stores, ada, None).await;
    assert_eq!((ids(&page), page[0].created_at), (vec![first, second], minute(3)));
    assert_eq!(page[0].movie.title, "First");
    assert_eq!(ids(&added(&stores, ada, Some(second)).await), [third]);
    assert!(added(&stores, ada, Some(third)).await.is_empty());
}

/// Declares one test per contract of `ExportReader`.
#[macro_export]
macro_rules! export_reader_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { export_reader, $fresh_stores,
            a_rating_comes_with_all_that_names_its_movie,
            ratings_are_paged_by_movie_whenever_they_were_given,
            ratings_are_paged_latest_first_and_nobody_elses,
            added_movies_are_paged_by_id_and_nobody_elses,
        }
    };
}
