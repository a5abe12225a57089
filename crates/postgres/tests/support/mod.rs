//! Databases and stores for the tests of this crate.
#![expect(clippy::unwrap_used, reason = "what goes wrong here must stop the test that needs it")]

use std::sync::atomic::{AtomicU64, Ordering};

use reelmark_postgres::{PostgresConfig, PostgresStore};
use reelmark_testkit::servers::EphemeralPostgres;
use tokio::runtime::Handle;
use tokio::sync::OnceCell;

/// The URL of a new database with the current schema, on the server that this test binary shares.
///
/// The schema is made once and copied from then on.
pub async fn migrated_database() -> String {
    static TEMPLATE: OnceCell<()> = OnceCell::const_new();
    static COPIES: AtomicU64 = AtomicU64::new(0);

    let server = EphemeralPostgres::shared();
    TEMPLATE.get_or_init(|| make_template(server)).await;
    let copy = format!("copy_{}", COPIES.fetch_add(1, Ordering::Relaxed));
    let statement = format!("CREATE DATABASE {copy} TEMPLATE migrated");
    server.query(&server.url("postgres"), &statement);
    server.url(&copy)
}

async fn make_template(server: &EphemeralPostgres) {
    let statement = "CREATE DATABASE migrated TEMPLATE template0";
    server.query(&server.url("postgres"), statement);
    let store = store(&PostgresConfig::new(server.url("migrated")));
    store.migrate().await.unwrap();
}

/// A store whose connections are driven by the runtime of the test.
pub fn store(config: &PostgresConfig) -> PostgresStore {
    PostgresStore::connect(config, Handle::current()).unwrap()
}
