use std::sync::Mutex;

use super::*;
use crate::ports::{MockNeighbourRepository, MockTasteReader, NeighbourRecord, TastePage};
use crate::testing::{NOW, clock, unavailable};

const TOTALS: RatingTotals = RatingTotals { count: 6, sum: 42 };

fn state(last_run: Option<NeighbourRunRecord>) -> NeighbourState {
    NeighbourState { generation: 4, last_run, totals: TOTALS }
}

/// So long ago, having taken so long, over these totals.
fn run_before(ago: Duration, took: Duration, totals: RatingTotals) -> NeighbourRunRecord {
    NeighbourRunRecord { at: NOW - ago, took, totals }
}

fn repository(state: NeighbourState) -> MockNeighbourRepository {
    let mut repository = MockNeighbourRepository::new();
    repository.expect_state().return_once(move || Ok(state));
    repository
}

/// A repository that gives out generation 5.
fn free_repository() -> MockNeighbourRepository {
    let mut repository = repository(state(None));
    let claim = ClaimNeighbours { replaces: 4, now: NOW, until: NOW + LEASE };
    repository.expect_claim().withf(move |c| *c == claim).return_once(|_| Ok(Some(5)));
    repository
}

/// Three users, one by one, who rated movies 1 and 2.
fn tastes() -> MockTasteReader {
    let mut tastes = MockTasteReader::new();
    tastes.expect_list().returning(|list| {
        assert_eq!((list.users, list.latest), (USERS, Recommender::LATEST));
        let user_id = list.after + 1;
        let taste = TasteRecord { user_id, ratings: vec![(1, 8), (2, 6)] };
        Ok(match list.after {
            0..3 => TastePage { tastes: vec![taste], last: Some(user_id) },
            _ => TastePage::default(),
        })
    });
    tastes
}

async fn refresh(
    neighbours: MockNeighbourRepository,
    tastes: MockTasteReader,
) -> Result<Refreshed, RefreshError> {
    let (neighbours, tastes) = (Arc::new(neighbours), Arc::new(tastes));
    run(&NeighbourPorts { neighbours, tastes, clock: Arc::new(clock()) }).await
}

#[tokio::test]
async fn stores_and_publishes_what_is_alike_and_sweeps_up() {
    let stored = Arc::new(Mutex::new(vec![]));
    let (mut neighbours, kept) = (free_repository(), stored.clone());
    neighbours.expect_store().returning(move |generation, lists, until| {
        assert_eq!((generation, until), (5, NOW + LEASE));
        kept.lock().unwrap().extend(lists);
        Ok(true)
    });
    let run = NeighbourRunRecord { at: NOW, took: Duration::ZERO, totals: TOTALS };
    let is_run =
        move |generation: &i64, done: &NeighbourRunRecord| *generation == 5 && *done == run;
    neighbours.expect_publish().withf(is_run).once().returning(|_, _| Ok(true));
    let mut left = vec![3, SWEPT, SWEPT];
    neighbours.expect_sweep().times(3).returning(move |_| Ok(left.pop().unwrap()));

    let done = refresh(neighbours, tastes()).await.unwrap();

    let new = NewNeighbours { ratings: 6, movies: 2, neighbours: 2, took: Duration::ZERO };
    assert_eq!(done, Refreshed::Done(new));
    let stored = stored.lock().unwrap();
    let pairs = stored.iter().flat_map(|list| {
        list.neighbours.iter().map(|NeighbourRecord { movie_id, .. }| (list.movie_id, *movie_id))
    });
    assert_eq!(pairs.collect::<Vec<_>>(), [(1, 2), (2, 1)]);
}

#[tokio::test]
async fn a_lost_claim_publishes_nothing() {
    let mut neighbours = free_repository();
    neighbours.expect_store().returning(|_, lists, _| Ok(lists.is_empty()));
    assert_eq!(refresh(neighbours, tastes()).await.unwrap(), Refreshed::Busy);
}

#[tokio::test]
async fn leaves_it_to_whoever_was_faster() {
    let mut neighbours = repository(state(None));
    neighbours.expect_claim().return_once(|_| Ok(None));
    assert_eq!(refresh(neighbours, MockTasteReader::new()).await.unwrap(), Refreshed::Busy);
}

#[tokio::test]
async fn gives_the_claim_back_when_the_store_fails() {
    let mut neighbours = free_repository();
    neighbours.expect_release().withf(|generation| *generation == 5).once().returning(|_| Ok(true));
    let mut tastes = MockTasteReader::new();
    tastes.expect_list().returning(|_| Err(unavailable()));
    let error = refresh(neighbours, tastes).await;
    assert!(matches!(error, Err(RefreshError::Store(RepositoryError::Unavailable(_)))));
}

#[tokio::test]
async fn does_nothing_while_nothing_is_due() {
    let last = run_before(Duration::HOUR, Duration::SECOND, TOTALS);
    let refreshed = refresh(repository(state(Some(last))), MockTasteReader::new()).await;
    assert_eq!(refreshed.unwrap(), Refreshed::NotDue);
}

#[test]
fn is_due_once_ratings_changed_and_it_has_rested() {
    let due = |ago, took, totals| is_due(&state(Some(run_before(ago, took, totals))), NOW);
    let others = RatingTotals { sum: 41, ..TOTALS };
    let (second, minute) = (Duration::SECOND, Duration::MINUTE);
    assert!(due(minute, second, others) && !due(minute, second, TOTALS));
    assert!(!due(second * 4, Duration::ZERO, others) && due(second * 5, Duration::ZERO, others));
    assert!(!due(second * 48, second, others) && due(second * 49, second, others));
    assert!(due(LONGEST_REST, Duration::HOUR, others));
    assert!(due(OLDEST, Duration::ZERO, TOTALS) && is_due(&state(None), NOW));
}
