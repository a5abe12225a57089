//! Messages that come again.

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use super::counting::{assert_totals, summary};
use crate::builders::minute;
use crate::contracts::Stores;
use crate::contracts::races::at_once;
use crate::contracts::stores::{change, first_rating};

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

pub async fn a_replayed_change_of_a_movie_that_is_gone_counts_once(stores: Stores) {
    let up = stores.add_movie("Up").await;
    let of_nothing = first_rating(up + 1, 2);

    for _ in 0..3 {
        stores.apply(vec![of_nothing]).await;
    }
    stores.apply(vec![first_rating(up, 10)]).await;

    assert_eq!(summary(&stores, up).await.catalogue_mean, Some(6.0));
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
