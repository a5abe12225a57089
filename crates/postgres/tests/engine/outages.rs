use std::time::{Duration, Instant};

use reelmark_application::ports::{
    HealthProbe, MovieReader, MovieRepository, RepositoryError, UserReader,
};
use reelmark_postgres::{
    PostgresConfig, PostgresHealthProbe, PostgresMovieReader, PostgresMovieRepository,
    PostgresStore, PostgresUserReader,
};
use reelmark_testkit::builders::movie;
use reelmark_testkit::servers::EphemeralPostgres;

use crate::support;

/// A store on a server of its own, which may be hurt.
async fn store_on(server: &EphemeralPostgres) -> PostgresStore {
    let mut config = PostgresConfig::new(server.create_database());
    config.statement_timeout = Duration::from_millis(500);
    let store = support::store(&config);
    store.migrate().await.unwrap();
    store
}

async fn is_unavailable(store: &PostgresStore) -> bool {
    let found = PostgresUserReader::new(store.clone()).find(1).await;
    matches!(found, Err(RepositoryError::Unavailable(_)))
}

async fn is_ready(store: &PostgresStore) -> bool {
    PostgresHealthProbe::new(store.clone()).check().await.is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_down_is_unavailable_and_found_again_without_a_restart() {
    let server = EphemeralPostgres::start();
    let store = store_on(&server).await;
    assert!(is_ready(&store).await && !is_unavailable(&store).await);

    server.crash();
    assert!(is_unavailable(&store).await);
    assert!(!is_ready(&store).await);

    server.restart();
    assert!(is_ready(&store).await && !is_unavailable(&store).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_was_down_at_the_start_is_found_later() {
    let server = EphemeralPostgres::start();
    let config = PostgresConfig::new(server.url("postgres"));
    server.crash();

    let store = support::store(&config);
    assert!(matches!(store.migrate().await, Err(RepositoryError::Unavailable(_))));

    server.restart();
    store.migrate().await.unwrap();
    assert!(is_ready(&store).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_hangs_is_unavailable_in_time_and_found_again() {
    let server = EphemeralPostgres::start();
    let store = store_on(&server).await;
    assert!(is_ready(&store).await);

    server.pause();
    let start = Instant::now();
    assert!(is_unavailable(&store).await);
    assert!(start.elapsed() < Duration::from_secs(5));
    let start = Instant::now();
    assert!(!is_ready(&store).await);
    assert!(start.elapsed() < Duration::from_secs(2));

    server.resume();
    assert!(is_ready(&store).await && !is_unavailable(&store).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_a_crash() {
    let server = EphemeralPostgres::start_durable();
    let store = store_on(&server).await;
    let movies = PostgresMovieRepository::new(store.clone());

    let stored = movies.insert(movie("Up").insert()).await.unwrap();
    server.crash();
    server.restart();

    let found = PostgresMovieReader::new(store).find(stored.id).await;
    assert_eq!(found.unwrap().unwrap().movie, stored);
}
