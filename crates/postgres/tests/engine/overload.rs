use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use reelmark_application::ports::{RepositoryError, UserReader, UserRecord};
use reelmark_postgres::{PostgresConfig, PostgresUserReader};
use reelmark_testkit::servers::EphemeralPostgres;

use crate::support;

/// Somebody else's transaction that makes all readers of accounts wait until it is dropped.
struct Blockade {
    url: String,
    psql: Child,
}

/// Databases that were copied from one template have the same relation numbers, and the locks of all
/// of them are listed, hence the comparison with the database.
const BLOCKING_BACKENDS: &str = "FROM pg_locks JOIN pg_database ON pg_database.oid = database \
    WHERE datname = current_database() AND relation = 'users'::regclass \
    AND mode = 'AccessExclusiveLock' AND granted";

/// How long the other transaction may take to get its lock.
const PATIENCE: Duration = Duration::from_secs(30);

impl Blockade {
    fn of_users(url: &str) -> Self {
        let server = EphemeralPostgres::shared();
        let mut psql: Command = server.psql(url);
        psql.args(["-c", "BEGIN; LOCK TABLE users; SELECT pg_sleep(60)"]);
        let psql = psql.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let count = format!("SELECT count(*) {BLOCKING_BACKENDS}");
        let began = Instant::now();
        while server.query(url, &count) != "1" {
            assert!(began.elapsed() < PATIENCE, "the table could not be locked");
            std::thread::sleep(Duration::from_millis(20));
        }
        Self { url: url.to_owned(), psql: psql.unwrap() }
    }
}

impl Drop for Blockade {
    fn drop(&mut self) {
        let end = format!("SELECT pg_terminate_backend(pid) {BLOCKING_BACKENDS}");
        EphemeralPostgres::shared().query(&self.url, &end);
        self.psql.wait().unwrap();
    }
}

fn reader(config: &PostgresConfig) -> PostgresUserReader {
    PostgresUserReader::new(support::store(config))
}

fn is_unavailable(found: &Result<Option<UserRecord>, RepositoryError>) -> bool {
    matches!(found, Err(RepositoryError::Unavailable(_)))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exhausted_pool_turns_callers_away_in_time() {
    let url = support::migrated_database().await;
    let mut config = PostgresConfig::new(&url);
    config.max_connections = 2;
    config.wait_timeout = Duration::from_millis(300);
    let reader = reader(&config);
    let blockade = Blockade::of_users(&url);

    let last = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let start = Instant::now();
        let turned_away = reader.find(1).await;
        drop(blockade);
        (turned_away, start.elapsed())
    };
    let (one, two, (turned_away, waited)) = tokio::join!(reader.find(1), reader.find(1), last);

    assert!(is_unavailable(&turned_away));
    assert!(waited < Duration::from_secs(1), "{waited:?}");
    assert!(one.is_ok() && two.is_ok());
    assert!(reader.find(1).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn when_too_many_wait_for_a_connection_the_next_is_turned_away_at_once() {
    let url = support::migrated_database().await;
    let mut config = PostgresConfig::new(&url);
    config.max_connections = 1;
    config.max_waiting = 1;
    let reader = reader(&config);
    let blockade = Blockade::of_users(&url);

    let last = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let start = Instant::now();
        let turned_away = reader.find(1).await;
        let waited = start.elapsed();
        drop(blockade);
        (turned_away, waited)
    };
    let waiting = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        reader.find(1).await
    };
    let (one, two, (turned_away, waited)) = tokio::join!(reader.find(1), waiting, last);

    assert!(is_unavailable(&turned_away));
    assert!(waited < Duration::from_millis(200), "{waited:?}");
    assert!(one.is_ok() && two.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_that_takes_too_long_is_given_up() {
    let url = support::migrated_database().await;
    let mut config = PostgresConfig::new(&url);
    config.statement_timeout = Duration::from_millis(300);
    let reader = reader(&config);
    let blockade = Blockade::of_users(&url);

    assert!(is_unavailable(&reader.find(1).await));

    drop(blockade);
    assert!(reader.find(1).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_a_free_place_is_unavailable() {
    let url = support::migrated_database().await;
    let database = url.rsplit('/').next().unwrap();
    let server = EphemeralPostgres::shared();
    let full = format!("ALTER DATABASE {database} CONNECTION LIMIT 0; ALTER ROLE guest LOGIN");
    server.query(&url, &format!("CREATE ROLE guest; {full}"));
    let guest = url.replace("postgres@", "guest@");

    assert!(is_unavailable(&reader(&PostgresConfig::new(guest)).find(1).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_nobody_waits_for_leaves_its_connection_usable() {
    let url = support::migrated_database().await;
    let mut config = PostgresConfig::new(&url);
    config.max_connections = 1;
    let reader = reader(&config);
    let blockade = Blockade::of_users(&url);
    let abandoned = tokio::time::timeout(Duration::from_millis(200), reader.find(1)).await;
    assert!(abandoned.is_err());

    drop(blockade);

    assert!(reader.find(1).await.is_ok());
}
