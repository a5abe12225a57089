use std::time::Duration;

use deadpool_postgres::Connect;
use refinery::Runner;
use tokio::time::timeout;
use tokio_postgres::{Client, Config};

use crate::connector::Connector;
use crate::error::Failure;

mod embedded {
    refinery::embed_migrations!("../../migrations/postgres");
}

/// Names the lock among all advisory locks of the database.
const LOCK_KEY: i64 = i64::from_be_bytes(*b"REELMARK");
const LOCK: &str = "SELECT pg_advisory_lock($1)";

const CONNECTED_WITHIN: Duration = Duration::from_secs(10);

/// Runs what has not been run yet, in a session of its own that may take its time.
///
/// The migration library does not lock: of several runs at once, all but one would fail. So each
/// waits for the lock, which ends with the session, and finds nothing left to do.
pub(crate) async fn run(config: &Config, connector: Connector) -> Result<(), Failure> {
    let mut client = connect(config, &connector).await?;
    client.query_one(LOCK, &[&LOCK_KEY]).await?;
    let report = runner().run_async(&mut client).await;
    report.map(drop).map_err(Failure::Migration)
}

async fn connect(config: &Config, connector: &Connector) -> Result<Client, Failure> {
    let connected = timeout(CONNECTED_WITHIN, connector.connect(config)).await;
    let (client, _driver) =
        connected.map_err(|_| Failure::TimedOut)?.map_err(|error| Failure::Pool(error.into()))?;
    Ok(client)
}

/// A newer release, which may still run beside this one, may have run migrations that this one
/// doesn't know.
fn runner() -> Runner {
    embedded::migrations::runner().set_abort_missing(false)
}
