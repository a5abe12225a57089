//! What changes add up to.

use reelmark_application::ports::RatingSummaryRecord;
use reelmark_domain::{CatalogueMean, PRIOR_WEIGHT, RatingSummary, WeightedScore};

use crate::builders::minute;
use crate::contracts::Stores;
use crate::contracts::races::at_once;
use crate::contracts::refusals::is_corrupt;
use crate::contracts::stores::{change, first_rating};

pub async fn counts_ratings_by_score(stores: Stores) {
    let up = stores.add_movie("Up").await;
    let changes = [8, 8, 3, 10, 1].map(|score| first_rating(up, score));

    stores.summaries.apply(changes.to_vec(), minute(5)).await.unwrap();

    let expected = RatingSummaryRecord {
        movie_id: up,
        histogram: [1, 0, 1, 0, 0, 0, 0, 2, 0, 1],
        catalogue_mean: Some(6.0),
        version: 1,
        computed_at: minute(5),
    };
    assert_eq!(summary(&stores, up).await, expected);
}

pub async fn mean_and_weighted_score_follow_from_what_is_stored(stores: Stores) {
    let (up, m) = (stores.add_movie("Up").await, stores.add_movie("M").await);
    stores.count_in(m, &[2, 4]).await;
    stores.count_in(up, &[9, 10, 8]).await;

    let summary = RatingSummary::try_from(summary(&stores, up).await).unwrap();

    let expected = WeightedScore {
        count: 3,
        mean: Some(9.0),
        prior_weight: PRIOR_WEIGHT,
        catalogue_mean: CatalogueMean::parse(33.0 / 5.0).unwrap(),
    };
    assert_eq!(summary.weighted_score(), Some(expected));
}

pub async fn a_changed_score_moves_from_one_bucket_to_another(stores: Stores) {
    let up = stores.add_movie("Up").await;
    stores.count_in(up, &[8, 8]).await;

    stores.apply(vec![change(up, Some(8), Some(5))]).await;

    let summary = summary(&stores, up).await;
    assert_eq!(summary.histogram, [0, 0, 0, 0, 1, 0, 0, 1, 0, 0]);
    assert_eq!(summary.catalogue_mean, Some(6.5));
}

pub async fn a_removed_rating_no_longer_counts(stores: Stores) {
    let up = stores.add_movie("Up").await;
    stores.count_in(up, &[8, 4]).await;

    stores.apply(vec![change(up, Some(8), None)]).await;

    let summary = summary(&stores, up).await;
    assert_eq!(summary.histogram, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    assert_eq!(summary.catalogue_mean, Some(4.0));
}

pub async fn the_last_rating_of_all_takes_the_mean_with_it(stores: Stores) {
    let up = stores.add_movie("Up").await;
    stores.count_in(up, &[8]).await;

    stores.apply(vec![change(up, Some(8), None)]).await;

    let summary = summary(&stores, up).await;
    assert_eq!((summary.histogram, summary.version), ([0; 10], 2));
    assert_eq!(summary.catalogue_mean, None);
    stores.count_in(up, &[3]).await;
    assert_eq!(self::summary(&stores, up).await.catalogue_mean, Some(3.0));
}

pub async fn each_batch_is_one_new_version_of_each_movie_in_it(stores: Stores) {
    let (up, m) = (stores.add_movie("Up").await, stores.add_movie("M").await);
    let other = stores.add_movie("Other").await;

    for n in 1..=3 {
        let of_up = (0..n).map(|_| first_rating(up, 8));
        stores.apply(of_up.chain([first_rating(m, 3)]).collect()).await;
        assert_eq!(summary(&stores, up).await.version, n);
        assert_eq!(summary(&stores, m).await.version, n);
    }
    assert_eq!(summary(&stores, up).await.histogram[7], 6);
    assert_eq!(summary(&stores, other).await.version, 0);
}

pub async fn the_catalogues_mean_is_that_of_all_ratings(stores: Stores) {
    let (up, m) = (stores.add_movie("Up").await, stores.add_movie("M").await);
    stores.count_in(up, &[10, 10, 10]).await;

    stores.apply(vec![first_rating(m, 1), first_rating(m, 3)]).await;

    assert_eq!(summary(&stores, m).await.catalogue_mean, Some(34.0 / 5.0));
    assert_eq!(summary(&stores, up).await.catalogue_mean, Some(10.0));
}

pub async fn every_movie_of_a_batch_gets_the_mean_after_all_of_it(stores: Stores) {
    let (up, m) = (stores.add_movie("Up").await, stores.add_movie("M").await);

    stores.apply(vec![first_rating(up, 10), first_rating(m, 1)]).await;

    for movie in [up, m] {
        assert_eq!(summary(&stores, movie).await.catalogue_mean, Some(5.5));
    }
}

pub async fn changes_of_a_movie_that_is_gone_move_the_catalogues_mean(stores: Stores) {
    let (up, gone) = (stores.add_movie("Up").await, stores.add_movie("Gone").await);
    stores.movies.remove(gone, minute(1)).await.unwrap();

    stores.apply(vec![first_rating(gone, 2), first_rating(gone + 1, 3)]).await;
    stores.apply(vec![first_rating(up, 10)]).await;

    assert_eq!(summary(&stores, up).await.catalogue_mean, Some(5.0));
    assert_eq!(stores.movie_reader.find(gone).await.unwrap(), None);
}

pub async fn nothing_to_count_in_changes_nothing(stores: Stores) {
    let up = stores.add_movie("Up").await;
    let before = summary(&stores, up).await;

    stores.apply(vec![]).await;

    assert_eq!(summary(&stores, up).await, before);
}

pub async fn a_score_off_the_scale_is_corrupt_and_changes_nothing(stores: Stores) {
    let up = stores.add_movie("Up").await;
    stores.count_in(up, &[10]).await;
    let before = summary(&stores, up).await;
    let good = first_rating(up, 4);

    for bad in [change(up, None, Some(11)), change(up, Some(0), None)] {
        let refused = stores.summaries.apply(vec![good, bad], minute(1)).await;
        assert!(is_corrupt(&refused));
        assert_eq!(summary(&stores, up).await, before);
    }

    stores.apply(vec![good]).await;
    assert_eq!(summary(&stores, up).await.catalogue_mean, Some(7.0));
}

pub async fn a_very_large_batch_is_counted_in(stores: Stores) {
    let movies = stores.add_movies(40).await;
    let scores = (0..4_000).map(|n| first_rating(movies[n % 40], (n % 10 + 1) as i16));

    stores.apply(scores.collect()).await;

    for (n, movie) in movies.into_iter().enumerate() {
        let summary = summary(&stores, movie).await;
        assert_eq!(summary.histogram[n % 10], 100);
        assert_eq!((summary.catalogue_mean, summary.version), (Some(5.5), 1));
    }
}

pub async fn batches_at_once_lose_nothing(stores: Stores) {
    let (up, m) = (stores.add_movie("Up").await, stores.add_movie("M").await);
    let calls = (0..8).map(|task| {
        let summaries = stores.summaries.clone();
        async move {
            for _ in 0..10 {
                let mut batch = vec![first_rating(up, 8), first_rating(m, 3)];
                batch.rotate_left(task % 2);
                summaries.apply(batch, minute(1)).await.unwrap();
            }
        }
    });

    at_once(calls).await;

    let (of_up, of_m) = (summary(&stores, up).await, summary(&stores, m).await);
    assert_eq!((of_up.histogram[7], of_up.version), (80, 80));
    assert_eq!((of_m.histogram[2], of_m.version), (80, 80));
    assert_totals(&stores, 880, 160).await;
}

pub(super) async fn summary(stores: &Stores, movie: i64) -> RatingSummaryRecord {
    stores.details(movie).await.summary
}

/// The totals show in the mean that the next movie to be rated gets.
pub(super) async fn assert_totals(stores: &Stores, sum: i32, count: i32) {
    let probe = stores.add_movie("Probe").await;
    stores.count_in(probe, &[10]).await;
    let expected = f64::from(sum + 10) / f64::from(count + 1);
    let mean = summary(stores, probe).await.catalogue_mean.unwrap();
    assert!((mean - expected).abs() < 1e-9, "{mean} is not {expected}");
}
