//! The contracts of `NeighbourRepository`.

use reelmark_application::ports::{
    ClaimNeighbours, NeighbourListRecord, NeighbourRecord, NeighbourRunRecord, NeighbourState,
    RatingTotals,
};
use time::{Duration, OffsetDateTime};

use super::Stores;
use super::races::at_once;
use crate::builders::{NOON, minute};

pub async fn a_new_store_has_no_generation(stores: Stores) {
    let none = NeighbourState { generation: 0, last_run: None, totals: RatingTotals::default() };
    assert_eq!(state(&stores).await, none);
    assert_eq!(shown(&stores).await, []);
}

pub async fn a_published_generation_tells_how_it_came_to_be(stores: Stores) {
    let generation = claim(&stores, 0, NOON).await.unwrap();
    let took = Duration::milliseconds(90_061_234);
    let run = NeighbourRunRecord { took, ..run(5) };

    assert!(stores.neighbours.publish(generation, run).await.unwrap());

    let (last_run, totals) = (Some(run), RatingTotals::default());
    assert_eq!(state(&stores).await, NeighbourState { generation, last_run, totals });
}

pub async fn the_totals_are_those_of_the_ratings_counted_in(stores: Stores) {
    let up = stores.add_movie("Up").await;
    stores.count_in(up, &[9, 4]).await;
    assert_eq!(state(&stores).await.totals, RatingTotals { count: 2, sum: 13 });
}

pub async fn readers_see_a_generation_once_it_is_published(stores: Stores) {
    let first = claim(&stores, 0, NOON).await.unwrap();
    store(&stores, first, &[list(1, &[2])]).await;
    assert_eq!(shown(&stores).await, []);
    publish(&stores, first).await;
    assert_eq!(shown(&stores).await, [list(1, &[2])]);

    let second = claim(&stores, first, minute(1)).await.unwrap();
    store(&stores, second, &[list(1, &[3])]).await;
    store(&stores, second, &[list(2, &[3])]).await;
    assert_eq!(shown(&stores).await, [list(1, &[2])]);
    publish(&stores, second).await;
    assert_eq!(shown(&stores).await, [list(1, &[3]), list(2, &[3])]);
}

pub async fn a_claim_is_nobody_elses_until_it_runs_out(stores: Stores) {
    let first = claim(&stores, 0, minute(0)).await.unwrap();
    assert_eq!(claim(&stores, 0, minute(9)).await, None);

    let second = claim(&stores, 0, minute(10)).await.unwrap();

    assert!(second > first);
    assert!(!stores.neighbours.store(first, vec![list(1, &[2])], minute(20)).await.unwrap());
    assert!(!stores.neighbours.publish(first, run(11)).await.unwrap());
    assert!(!stores.neighbours.release(first).await.unwrap());
    publish(&stores, second).await;
    assert_eq!(shown(&stores).await, []);
}

pub async fn whoever_stores_renews_the_claim(stores: Stores) {
    let first = claim(&stores, 0, minute(0)).await.unwrap();
    assert!(stores.neighbours.store(first, vec![], minute(15)).await.unwrap());
    assert_eq!(claim(&stores, 0, minute(14)).await, None);
    assert!(claim(&stores, 0, minute(15)).await.is_some());
}

pub async fn a_claim_that_was_given_back_can_be_had_at_once(stores: Stores) {
    let first = claim(&stores, 0, NOON).await.unwrap();
    assert!(stores.neighbours.release(first).await.unwrap());
    assert!(!stores.neighbours.release(first).await.unwrap());
    assert!(!stores.neighbours.store(first, vec![list(1, &[2])], minute(9)).await.unwrap());
    assert!(claim(&stores, 0, NOON).await.unwrap() > first);
}

pub async fn what_was_replaced_meanwhile_is_not_replaced_again(stores: Stores) {
    let first = claim(&stores, 0, NOON).await.unwrap();
    publish(&stores, first).await;
    assert!(!stores.neighbours.publish(first, run(6)).await.unwrap());
    assert_eq!(claim(&stores, 0, minute(1)).await, None);
    assert!(claim(&stores, first, minute(1)).await.is_some());
}

pub async fn one_of_many_claimants_gets_the_generation(stores: Stores) {
    let claiming = (0..8).map(|_| {
        let neighbours = stores.neighbours.clone();
        async move { neighbours.claim(claim_at(0, NOON)).await.unwrap() }
    });

    let claims = at_once(claiming).await;

    assert_eq!(claims.iter().flatten().count(), 1);
}

pub async fn sweeps_up_what_nobody_reads_or_makes(stores: Stores) {
    let first = claim(&stores, 0, NOON).await.unwrap();
    store(&stores, first, &[list(1, &[2]), list(2, &[1]), list(3, &[1])]).await;
    publish(&stores, first).await;
    let lost = claim(&stores, first, minute(1)).await.unwrap();
    store(&stores, lost, &[list(1, &[3])]).await;
    assert!(stores.neighbours.release(lost).await.unwrap());
    assert_eq!(stores.neighbours.sweep(9).await.unwrap(), 1);
    let second = claim(&stores, first, minute(2)).await.unwrap();
    store(&stores, second, &[list(1, &[4])]).await;
    assert_eq!(stores.neighbours.sweep(9).await.unwrap(), 0);

    publish(&stores, second).await;

    assert_eq!(stores.neighbours.sweep(2).await.unwrap(), 2);
    assert_eq!(stores.neighbours.sweep(2).await.unwrap(), 1);
    assert_eq!(stores.neighbours.sweep(2).await.unwrap(), 0);
    assert_eq!(shown(&stores).await, [list(1, &[4])]);
}

async fn state(stores: &Stores) -> NeighbourState {
    stores.neighbours.state().await.unwrap()
}

fn claim_at(replaces: i64, now: OffsetDateTime) -> ClaimNeighbours {
    ClaimNeighbours { replaces, now, until: now + Duration::minutes(10) }
}

async fn claim(stores: &Stores, replaces: i64, now: OffsetDateTime) -> Option<i64> {
    stores.neighbours.claim(claim_at(replaces, now)).await.unwrap()
}

async fn store(stores: &Stores, generation: i64, lists: &[NeighbourListRecord]) {
    assert!(stores.neighbours.store(generation, lists.to_vec(), minute(30)).await.unwrap());
}

async fn publish(stores: &Stores, generation: i64) {
    assert!(stores.neighbours.publish(generation, run(5)).await.unwrap());
}

fn run(at: i64) -> NeighbourRunRecord {
    let totals = RatingTotals { count: 100, sum: 700 };
    NeighbourRunRecord { at: minute(at), took: Duration::SECOND, totals }
}

/// The lists of movies 1 to 9, by id.
async fn shown(stores: &Stores) -> Vec<NeighbourListRecord> {
    let mut lists = stores.neighbour_reader.find((1..10).collect()).await.unwrap();
    lists.sort_by_key(|list| list.movie_id);
    lists
}

fn list(movie_id: i64, neighbours: &[i64]) -> NeighbourListRecord {
    let neighbour = |movie_id: &i64| NeighbourRecord { movie_id: *movie_id, similarity: 5_000 };
    NeighbourListRecord { movie_id, neighbours: neighbours.iter().map(neighbour).collect() }
}

/// Declares one test per contract of `NeighbourRepository`.
#[macro_export]
macro_rules! neighbour_repository_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { neighbour_repository, $fresh_stores,
            a_new_store_has_no_generation,
            a_published_generation_tells_how_it_came_to_be,
            the_totals_are_those_of_the_ratings_counted_in,
            readers_see_a_generation_once_it_is_published,
            a_claim_is_nobody_elses_until_it_runs_out,
            whoever_stores_renews_the_claim,
            a_claim_that_was_given_back_can_be_had_at_once,
            what_was_replaced_meanwhile_is_not_replaced_again,
            one_of_many_claimants_gets_the_generation,
            sweeps_up_what_nobody_reads_or_makes,
        }
    };
}
