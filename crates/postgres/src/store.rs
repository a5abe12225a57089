use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use reelmark_application::ports::RepositoryError;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio_postgres::Config;

use crate::config::{PostgresConfig, PostgresConfigError};
use crate::connector::Connector;
use crate::error::Failure;
use crate::migrations;
use crate::movie::reindex;
use crate::session::Session;

/// By how much the server's own limit on a statement goes before ours.
const GRACE: Duration = Duration::from_secs(1);

/// A database on a PostgreSQL server, reached through a pool of connections. Clones share it.
#[derive(Clone)]
pub struct PostgresStore {
    pool: Pool,
    /// How many more may wait for a connection.
    places: Arc<Semaphore>,
    patience: Duration,
    /// Of a session that may take its time.
    unhurried: Config,
    runtime: Handle,
}

impl PostgresStore {
    /// Gets ready to reach the server. Connections are opened when they are needed, and again when
    /// they broke, so the server need not run yet; they are driven on `runtime`, which must be a
    /// multi-threaded one.
    ///
    /// # Errors
    /// [`PostgresConfigError`] when the URL can't be read.
    pub fn connect(config: &PostgresConfig, runtime: Handle) -> Result<Self, PostgresConfigError> {
        let session = config.session(config.statement_timeout)?;
        Ok(Self {
            pool: pool(config, session, Connector::new(runtime.clone()))?,
            places: Arc::new(Semaphore::new(config.max_waiting)),
            patience: config.statement_timeout + GRACE,
            unhurried: config.session(Duration::ZERO)?,
            runtime,
        })
    }

    /// Brings the schema up to date. Safe for several replicas at once.
    ///
    /// # Errors
    /// `Unavailable` when the server can't be reached, `Corrupt` when a migration fails or is not
    /// the one that was once run under its number.
    pub async fn migrate(&self) -> Result<(), RepositoryError> {
        let connector = Connector::new(self.runtime.clone());
        migrations::run(&self.unhurried, connector).await?;
        Ok(reindex::run(&self.unhurried()?).await?)
    }

    /// The same database through one connection whose statements may take their time.
    fn unhurried(&self) -> Result<Self, Failure> {
        let manager = manager(self.unhurried.clone(), Connector::new(self.runtime.clone()));
        let pool = Pool::builder(manager).max_size(1).build();
        let pool = pool.map_err(|error| Failure::Corrupt(Box::new(error)))?;
        Ok(Self { pool, patience: Duration::MAX, ..self.clone() })
    }

    /// Borrows a connection, unless too many wait for one already.
    pub(crate) async fn session(&self) -> Result<Session, Failure> {
        let _place = self.places.try_acquire().map_err(|_| Failure::Overloaded)?;
        self.session_for_batch().await
    }

    /// Borrows a connection for the work of many callers, whose number is bounded elsewhere.
    pub(crate) async fn session_for_batch(&self) -> Result<Session, Failure> {
        let client = self.pool.get().await.map_err(Failure::Pool)?;
        Ok(Session::new(client, self.patience))
    }

    /// What drives the connections.
    pub(crate) fn runtime(&self) -> &Handle {
        &self.runtime
    }
}

fn pool(
    config: &PostgresConfig,
    session: Config,
    connector: Connector,
) -> Result<Pool, PostgresConfigError> {
    let pool = Pool::builder(manager(session, connector))
        .max_size(config.max_connections)
        .wait_timeout(Some(config.wait_timeout))
        .create_timeout(Some(config.connect_timeout))
        .recycle_timeout(Some(GRACE))
        .runtime(Runtime::Tokio1)
        .build();
    pool.map_err(|error| PostgresConfigError(Box::new(error)))
}

/// A connection that broke while idle is noticed without asking the server.
fn manager(session: Config, connector: Connector) -> Manager {
    let recycling_method = RecyclingMethod::Fast;
    Manager::from_connect(session, connector, ManagerConfig { recycling_method })
}

impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresStore").field("status", &self.pool.status()).finish_non_exhaustive()
    }
}
