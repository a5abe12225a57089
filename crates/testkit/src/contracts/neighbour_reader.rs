//! The contracts of `NeighbourReader`.

use reelmark_application::ports::{
    ClaimNeighbours, NeighbourListRecord, NeighbourRecord, NeighbourRunRecord, RatingTotals,
};
use time::Duration;

use super::Stores;
use crate::builders::{NOON, minute};

pub async fn finds_the_lists_of_the_movies_that_have_one(stores: Stores) {
    let lists = [list(1, &[(2, 10_000), (3, 1)]), list(2, &[]), list(9, &[(1, 77)])];
    publish(&stores, lists.to_vec()).await;

    let mut found = stores.neighbour_reader.find(vec![9, 1, 4]).await.unwrap();

    found.sort_by_key(|list| list.movie_id);
    assert_eq!(found, [lists[0].clone(), lists[2].clone()]);
    assert_eq!(stores.neighbour_reader.find(vec![]).await.unwrap(), []);
}

pub async fn the_order_of_a_list_is_kept(stores: Stores) {
    let pairs: Vec<(i64, i64)> = (1..=50).map(|n| (1 + n * 7 % 53, 10_000 - n)).collect();
    publish(&stores, vec![list(i64::MAX, &pairs)]).await;

    let found = stores.neighbour_reader.find(vec![i64::MAX]).await.unwrap();

    assert_eq!(found, [list(i64::MAX, &pairs)]);
}

pub async fn removing_movies_is_not_held_up_by_lists(stores: Stores) {
    let (up, gone) = (stores.add_movie("Up").await, stores.add_movie("Gone").await);
    publish(&stores, vec![list(up, &[(gone, 5_000)]), list(gone, &[(up, 5_000)])]).await;

    assert!(stores.movies.remove(gone, minute(1)).await.unwrap());

    let found = stores.neighbour_reader.find(vec![up]).await.unwrap();
    assert_eq!(found, [list(up, &[(gone, 5_000)])]);
}

async fn publish(stores: &Stores, lists: Vec<NeighbourListRecord>) {
    let claim = ClaimNeighbours { replaces: 0, now: NOON, until: minute(9) };
    let generation = stores.neighbours.claim(claim).await.unwrap().unwrap();
    assert!(stores.neighbours.store(generation, lists, minute(9)).await.unwrap());
    let totals = RatingTotals::default();
    let run = NeighbourRunRecord { at: NOON, took: Duration::SECOND, totals };
    assert!(stores.neighbours.publish(generation, run).await.unwrap());
}

fn list(movie_id: i64, pairs: &[(i64, i64)]) -> NeighbourListRecord {
    let neighbour = |(movie_id, similarity): &_| NeighbourRecord {
        movie_id: *movie_id,
        similarity: *similarity,
    };
    NeighbourListRecord { movie_id, neighbours: pairs.iter().map(neighbour).collect() }
}

/// Declares one test per contract of `NeighbourReader`.
#[macro_export]
macro_rules! neighbour_reader_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { neighbour_reader, $fresh_stores,
            finds_the_lists_of_the_movies_that_have_one,
            the_order_of_a_list_is_kept,
            removing_movies_is_not_held_up_by_lists,
        }
    };
}
