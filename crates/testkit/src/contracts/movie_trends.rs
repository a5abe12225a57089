//! The contracts of `RatingSummaryRepository` and `MovieReader`: what is rated a lot of late.

use reelmark_application::ports::{BroughtRating, MovieFilter, MovieSort, ScoreChangeRecord};
use reelmark_domain::least_trend;
use time::Duration;

use super::Stores;
use super::movie_reader::assert_pages_hold_all;
use super::stores::{change, first_rating};
use crate::builders::{NOON, all_movies};

pub async fn a_rating_counts_half_as_much_for_each_week(stores: Stores) {
    let [three, two, later] = three_movies(&stores).await;
    rate_weeks_later(&stores, three, 3, 0).await;
    rate_weeks_later(&stores, two, 2, 0).await;
    rate_weeks_later(&stores, later, 1, 1).await;
    rate_weeks_later(&stores, later, 1, 0).await;

    assert_eq!(trending(&stores).await[..2], ["Later", "Three"]);

    rate_weeks_later(&stores, two, 1, 2).await;
    assert_eq!(trending(&stores).await, ["Two", "Later", "Three"]);
}

pub async fn rating_a_movie_again_lifts_it_no_higher(stores: Stores) {
    let [three, two, _] = three_movies(&stores).await;
    rate_weeks_later(&stores, two, 1, 0).await;
    for _ in 0..5 {
        let again =
            ScoreChangeRecord { given_at: weeks_later(1), ..change(three, Some(4), Some(5)) };
        let removed =
            ScoreChangeRecord { given_at: weeks_later(1), ..change(three, Some(5), None) };
        let rated = ScoreChangeRecord { given_at: weeks_later(1), ..first_rating(three, 4) };
        stores.apply(vec![rated, again, removed]).await;
    }

    assert_eq!(trending(&stores).await[0], "Two");
}

pub async fn what_was_rated_long_ago_is_not_rated_of_late(stores: Stores) {
    let (ada, movies) = (stores.add_user("ada").await, stores.add_movies(3).await);
    let rated_at = |weeks| Some(NOON - Duration::weeks(weeks));
    let brought = |(movie, weeks): (&i64, _)| {
        let (movie_id, review) = (*movie, None);
        BroughtRating { movie_id, score: 8, review, rated_at: rated_at(weeks) }
    };
    let ratings = movies.iter().zip([52, 2, 1]).map(brought).collect();
    stores.ratings.put_all(ada, ratings, NOON).await.unwrap();
    stores.drain().await;

    let of_late =
        MovieFilter { min_trend: Some(least_trend(NOON)), ..all_movies(MovieSort::Trend) };
    let listed = stores.list(of_late.clone()).await;

    let ids: Vec<_> = listed.iter().map(|movie| movie.details.movie.id).collect();
    assert_eq!(ids, [movies[2], movies[1]]);
    assert_eq!(stores.movie_reader.count(of_late).await.unwrap(), 2);
    assert_eq!(stores.details(movies[0]).await.summary.histogram[7], 1);
}

pub async fn who_takes_an_old_rating_away_sinks_no_movie(stores: Stores) {
    let [one, two, _] = three_movies(&stores).await;
    let ada = stores.add_user("ada").await;
    rate_weeks_later(&stores, one, 2, 0).await;
    rate_weeks_later(&stores, two, 1, 0).await;

    for _ in 0..3 {
        let rated_at = Some(NOON - Duration::weeks(52));
        let brought = BroughtRating { movie_id: one, score: 1, review: None, rated_at };
        stores.ratings.put_all(ada, vec![brought], NOON).await.unwrap();
        assert!(stores.ratings.remove(ada, one, NOON).await.unwrap());
    }
    stores.drain().await;

    assert_eq!(trending(&stores).await[..2], ["Three", "Two"]);
}

pub async fn pages_by_trend_hold_every_movie_once(stores: Stores) {
    for (n, weeks) in [(4, 0), (4, 1), (1, 9), (2, 3), (0, 0), (0, 0)] {
        let movie = stores.add_movie(&format!("Movie {n} {weeks}")).await;
        rate_weeks_later(&stores, movie, n, weeks).await;
    }

    assert_pages_hold_all(&stores, all_movies(MovieSort::Trend)).await;
    let rated = MovieFilter { min_ratings: 1, ..all_movies(MovieSort::Trend) };
    assert_eq!(stores.list(rated.clone()).await.len(), 4);
    assert_pages_hold_all(&stores, rated).await;
}

async fn three_movies(stores: &Stores) -> [i64; 3] {
    let (three, two) = (stores.add_movie("Three").await, stores.add_movie("Two").await);
    [three, two, stores.add_movie("Later").await]
}

async fn rate_weeks_later(stores: &Stores, movie: i64, count: usize, weeks: i64) {
    let rated = || ScoreChangeRecord { given_at: weeks_later(weeks), ..first_rating(movie, 7) };
    stores.apply((0..count).map(|_| rated()).collect()).await;
}

fn weeks_later(weeks: i64) -> time::OffsetDateTime {
    NOON + Duration::weeks(weeks)
}

async fn trending(stores: &Stores) -> Vec<String> {
    stores.titles(all_movies(MovieSort::Trend)).await
}

/// Declares one test per contract about what is rated a lot of late.
#[macro_export]
macro_rules! movie_trends_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { movie_trends, $fresh_stores,
            a_rating_counts_half_as_much_for_each_week,
            rating_a_movie_again_lifts_it_no_higher,
            what_was_rated_long_ago_is_not_rated_of_late,
            who_takes_an_old_rating_away_sinks_no_movie,
            pages_by_trend_hold_every_movie_once,
        }
    };
}
