//! Changes in any order.

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use reelmark_application::ports::{MovieSort, ScoreChangeRecord};
use reelmark_domain::RatingSummary;

use super::counting::summary;
use crate::builders::all_movies;
use crate::contracts::Stores;
use crate::contracts::stores::{change, first_rating};

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
