use std::thread;
use std::time::{Duration, Instant};

use reelmark_application::ports::UserReader;
use reelmark_postgres::{PostgresConfig, PostgresStore, PostgresUserReader};
use tokio::runtime::{Builder, Runtime};

use crate::support;

/// Like the runtime of one HTTP worker.
fn worker() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn a_busy_worker_does_not_stall_the_queries_of_others() {
    let dedicated = Runtime::new().unwrap();
    let mut config = PostgresConfig::new(dedicated.block_on(support::migrated_database()));
    config.max_connections = 1;
    let store = PostgresStore::connect(&config, dedicated.handle().clone()).unwrap();
    let reader = PostgresUserReader::new(store);

    let first = worker();
    first.block_on(reader.find(1)).unwrap();
    // The worker that had the connection opened does nothing while another one uses it.
    let second = thread::spawn(move || {
        let start = Instant::now();
        worker().block_on(reader.find(1)).unwrap();
        start.elapsed()
    });

    let waited = second.join().unwrap();
    assert!(waited < Duration::from_secs(1), "{waited:?}");
    drop(first);
}
