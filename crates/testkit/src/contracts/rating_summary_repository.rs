//! The contracts of `RatingSummaryRepository`: counting changes in.

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use reelmark_application::ports::{MovieSort, RatingSummaryRecord, ScoreChangeRecord};
use reelmark_domain::{CatalogueMean, PRIOR_WEIGHT, RatingSummary, WeightedScore};

use super::Stores;
use super::races::at_once;
use super::refusals::is_corrupt;
use super::stores::{change, first_rating};
use crate::builders::{all_movies, minute};

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

pub async fn a_replay_changes_nothing(stores: Stores) {
    let up = stores.add_movie("Up").await;
    let changes = vec![first_rating(up, 8), first_rating(up, 3)];
    stores.apply(changes.clone()).await;
    let before = summary(&stores, up).await;

    for replay in [changes.clone(), vec![changes[1]], changes] {
        stores.summaries.apply(replay, minute(9)).await.unwrap();
        assert_eq!(summary(&stores, up).await, before);
    }
}

pub async fn a_replay_among_new_changes_is_left_out(stores: Stores) {
    let (up, m) = (stores.add_movie("Up").await, stores.add_movie("M").await);
    let old = vec![first_rating(up, 8), first_rating(m, 3)];
    stores.apply(old.clone()).await;
    let before = summary(&stores, m).await;

    stores.apply([old, vec![first_rating(up, 5)]].concat()).await;

    let of_up = summary(&stores, up).await;
    assert_eq!(of_up.histogram, [0, 0, 0, 0, 1, 0, 0, 1, 0, 0]);
    assert_eq!(of_up.version, 2);
    assert_eq!(of_up.catalogue_mean, Some(16.0 / 3.0));
    assert_eq!(summary(&stores, m).await, before);
}

pub async fn a_replayed_removal_is_no_error(stores: Stores) {
    let up = stores.add_movie("Up").await;
    let removal = change(up, Some(8), None);
    stores.apply(vec![first_rating(up, 8), removal]).await;
    let before = summary(&stores, up).await;

    stores.apply(vec![removal]).await;

    assert_eq!(summary(&stores, up).await, before);
}

pub async fn a_message_repeated_inside_a_batch_counts_once(stores: Stores) {
    let up = stores.add_movie("Up").await;
    let (one, other) = (first_rating(up, 8), first_rating(up, 3));

    stores.apply(vec![one, other, one, one, other]).await;

    let summary = summary(&stores, up).await;
    assert_eq!(summary.histogram, [0, 0, 1, 0, 0, 0, 0, 1, 0, 0]);
    assert_eq!(summary.catalogue_mean, Some(5.5));
}

pub async fn the_order_inside_a_batch_does_not_matter(stores: Stores) {
    let mut random = StdRng::seed_from_u64(1);
    for n in 0..8 {
        let movie = stores.add_movie(&format!("Movie {n}")).await;
        let mut changes = chains(movie);
        changes.shuffle(&mut random);

        stores.apply(changes).await;

        let histogram = summary(&stores, movie).await.histogram;
        assert_eq!(histogram, [0, 0, 3, 0, 0, 0, 0, 0, 0, 3]);
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

pub async fn a_replayed_change_of_a_movie_that_is_gone_counts_once(stores: Stores) {
    let up = stores.add_movie("Up").await;
    let of_nothing = first_rating(up + 1, 2);

    for _ in 0..3 {
        stores.apply(vec![of_nothing]).await;
    }
    stores.apply(vec![first_rating(up, 10)]).await;

    assert_eq!(summary(&stores, up).await.catalogue_mean, Some(6.0));
}

pub async fn nothing_to_count_in_changes_nothing(stores: Stores) {
    let up = stores.add_movie("Up").await;
    let before = summary(&stores, up).await;

    stores.apply(vec![]).await;

    assert_eq!(summary(&stores, up).await, before);
}

pub async fn a_removal_may_be_counted_before_what_it_removes(stores: Stores) {
    let (up, m) = (stores.add_movie("Up").await, stores.add_movie("M").await);
    stores.count_in(m, &[2, 2]).await;

    stores.apply(vec![change(up, Some(8), None)]).await;

    let early = stores.details(up).await;
    assert_eq!((early.summary.histogram, early.summary.version), ([0; 10], 1));
    assert!(RatingSummary::try_from(early.summary).unwrap().weighted_score().is_none());
    let listed = stores.list(all_movies(MovieSort::WeightedScore)).await;
    assert_eq!(listed.len(), 2);
    stores.apply(vec![first_rating(up, 8)]).await;
    assert_eq!(summary(&stores, up).await.histogram, [0; 10]);
    assert_eq!(summary(&stores, up).await.catalogue_mean, Some(2.0));
}

pub async fn a_missing_change_hides_no_other(stores: Stores) {
    let up = stores.add_movie("Up").await;
    stores.count_in(up, &[10, 4]).await;

    // Neither the 9 nor the 1 has been counted yet.
    stores.apply(vec![change(up, Some(9), Some(7)), change(up, Some(1), None)]).await;

    let early = summary(&stores, up).await;
    assert_eq!(early.histogram, [0, 0, 0, 1, 0, 0, 1, 0, 0, 1]);
    assert!((1.0..=10.0).contains(&early.catalogue_mean.unwrap()));
    stores.apply(vec![first_rating(up, 9), first_rating(up, 1)]).await;
    let complete = summary(&stores, up).await;
    assert_eq!(complete.histogram, [0, 0, 0, 1, 0, 0, 1, 0, 0, 1]);
    assert_eq!(complete.catalogue_mean, Some(7.0));
}

/// One by one and in small batches, so that the states in between are seen too.
pub async fn any_order_of_changes_gives_the_same_summary(stores: Stores) {
    let mut random = StdRng::seed_from_u64(18);
    for n in 0..6 {
        let movie = stores.add_movie(&format!("Movie {n}")).await;
        let mut changes = chains(movie);
        match n {
            0 => changes.reverse(),
            _ => changes.shuffle(&mut random),
        }
        let size = n % 3 + 1;

        for batch in changes.chunks(size) {
            stores.apply(batch.to_vec()).await;
            let seen = summary(&stores, movie).await;
            assert!(seen.histogram.iter().all(|count| *count >= 0), "{seen:?}");
            RatingSummary::try_from(seen).unwrap();
        }

        let complete = summary(&stores, movie).await;
        assert_eq!(complete.histogram, [0, 0, 3, 0, 0, 0, 0, 0, 0, 3]);
        assert_eq!(complete.catalogue_mean, Some(6.5));
    }
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

pub async fn overlapping_batches_at_once_count_each_message_once(stores: Stores) {
    let movies = stores.add_movies(5).await;
    let scores = (0..200).map(|n| first_rating(movies[n % 5], (n % 10 + 1) as i16));
    let changes: Vec<_> = scores.collect();
    let calls = (0..4).map(|task| {
        let (summaries, mut changes) = (stores.summaries.clone(), changes.clone());
        changes.shuffle(&mut StdRng::seed_from_u64(task));
        async move {
            for batch in changes.chunks(23) {
                summaries.apply(batch.to_vec(), minute(1)).await.unwrap();
            }
        }
    });

    at_once(calls).await;

    for (n, movie) in movies.iter().enumerate() {
        let mut expected = [0; 10];
        (expected[n], expected[n + 5]) = (20, 20);
        assert_eq!(summary(&stores, *movie).await.histogram, expected);
    }
    assert_totals(&stores, 1_100, 200).await;
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

async fn summary(stores: &Stores, movie: i64) -> RatingSummaryRecord {
    stores.details(movie).await.summary
}

/// The totals show in the mean that the next movie to be rated gets.
async fn assert_totals(stores: &Stores, sum: i32, count: i32) {
    let probe = stores.add_movie("Probe").await;
    stores.count_in(probe, &[10]).await;
    let expected = f64::from(sum + 10) / f64::from(count + 1);
    let mean = summary(stores, probe).await.catalogue_mean.unwrap();
    assert!((mean - expected).abs() < 1e-9, "{mean} is not {expected}");
}

/// Three users who end at 3, three who end at 10, three who end at nothing, all with detours.
fn chains(movie: i64) -> Vec<ScoreChangeRecord> {
    let one_of_each = || {
        let scores = [
            [None, Some(8), Some(1), Some(3)],
            [None, Some(1), Some(9), Some(10)],
            [None, Some(10), Some(3), None],
        ];
        scores.into_iter().flat_map(|chain| {
            let steps: Vec<_> = chain.windows(2).map(|step| (step[0], step[1])).collect();
            steps
        })
    };
    let steps = (0..3).flat_map(|_| one_of_each());
    steps.map(|(old, new)| change(movie, old, new)).collect()
}

/// Declares one test per contract of `RatingSummaryRepository`: counting changes in.
#[macro_export]
macro_rules! rating_summary_repository_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { rating_summary_repository, $fresh_stores,
            counts_ratings_by_score,
            mean_and_weighted_score_follow_from_what_is_stored,
            a_changed_score_moves_from_one_bucket_to_another,
            a_removed_rating_no_longer_counts,
            the_last_rating_of_all_takes_the_mean_with_it,
            each_batch_is_one_new_version_of_each_movie_in_it,
            the_catalogues_mean_is_that_of_all_ratings,
            every_movie_of_a_batch_gets_the_mean_after_all_of_it,
            a_replay_changes_nothing,
            a_replay_among_new_changes_is_left_out,
            a_replayed_removal_is_no_error,
            a_message_repeated_inside_a_batch_counts_once,
            the_order_inside_a_batch_does_not_matter,
            changes_of_a_movie_that_is_gone_move_the_catalogues_mean,
            a_replayed_change_of_a_movie_that_is_gone_counts_once,
            nothing_to_count_in_changes_nothing,
            a_removal_may_be_counted_before_what_it_removes,
            a_missing_change_hides_no_other,
            any_order_of_changes_gives_the_same_summary,
            a_score_off_the_scale_is_corrupt_and_changes_nothing,
            a_very_large_batch_is_counted_in,
            overlapping_batches_at_once_count_each_message_once,
            batches_at_once_lose_nothing,
        }
    };
}
