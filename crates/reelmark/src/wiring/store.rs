use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use reelmark_application::ports::{
    DeadLetters, HealthProbe, MovieReader, MovieRepository, Outbox, RatingReader, RatingRepository,
    RatingSummaryRepository, RepositoryError, UserReader, UserRepository,
};
use reelmark_postgres::*;
use reelmark_sqlite::*;
use secrecy::{ExposeSecret, SecretString};
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep};

use crate::config::{Database, StoreConfig};
use crate::failure::{Failure, OrFail};

/// How long a database server may take to start after us, as happens when everything is started
/// at once.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long one statement may take. A server that hangs is noticed a second later, so callers
/// are told within five.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(3);

const BETWEEN_TRIES: Duration = Duration::from_millis(250);

/// All ports of one store.
pub struct Store {
    pub users: Arc<dyn UserRepository>,
    pub user_reader: Arc<dyn UserReader>,
    pub movies: Arc<dyn MovieRepository>,
    pub movie_reader: Arc<dyn MovieReader>,
    pub ratings: Arc<dyn RatingRepository>,
    pub rating_reader: Arc<dyn RatingReader>,
    pub summaries: Arc<dyn RatingSummaryRepository>,
    pub outbox: Arc<dyn Outbox>,
    pub dead_letters: Arc<dyn DeadLetters>,
    pub probe: Arc<dyn HealthProbe>,
}

impl Store {
    /// Opens the configured store and brings it to the schema of this version.
    pub async fn open(config: &StoreConfig, io: &Handle) -> Result<Self, Failure> {
        match &config.database {
            Database::Sqlite { file } => open_sqlite(file),
            Database::Postgres { url, connections } => {
                let store = postgres(url, *connections, io)?;
                migrate(&store).await?;
                Ok(on_postgres(&store))
            }
        }
    }
}

/// Whether the store would take its settings.
pub fn check(config: &StoreConfig, io: &Handle) -> Result<(), Failure> {
    match &config.database {
        Database::Sqlite { .. } => Ok(()),
        Database::Postgres { url, connections } => postgres(url, *connections, io).map(drop),
    }
}

fn open_sqlite(file: &Path) -> Result<Store, Failure> {
    let store = SqliteStore::open(file);
    let store = store.or_fail(format!("could not open the store in {}", file.display()))?;
    Ok(on_sqlite(&store))
}

fn postgres(url: &SecretString, connections: usize, io: &Handle) -> Result<PostgresStore, Failure> {
    let mut config = PostgresConfig::new(url.expose_secret());
    config.max_connections = connections;
    config.statement_timeout = STATEMENT_TIMEOUT;
    let store = PostgresStore::connect(&config, io.clone());
    store.or_fail("DATABASE_URL (--database-url) can't be used")
}

/// A server that can't be reached may be about to start; anything else won't get better.
async fn migrate(store: &PostgresStore) -> Result<(), Failure> {
    let began = Instant::now();
    let mut is_waiting = false;
    loop {
        match store.migrate().await {
            Ok(()) => return Ok(()),
            Err(error @ RepositoryError::Unavailable(_)) if began.elapsed() < PATIENCE => {
                if !is_waiting {
                    log::info!(error:err = error; "waiting for PostgreSQL");
                }
                is_waiting = true;
            }
            Err(error @ RepositoryError::Unavailable(_)) => {
                return Err(error).or_fail("could not reach PostgreSQL at DATABASE_URL");
            }
            Err(error) => return Err(error).or_fail("could not migrate the store"),
        }
        sleep(BETWEEN_TRIES).await;
    }
}

fn on_sqlite(store: &SqliteStore) -> Store {
    Store {
        users: Arc::new(SqliteUserRepository::new(store.clone())),
        user_reader: Arc::new(SqliteUserReader::new(store.clone())),
        movies: Arc::new(SqliteMovieRepository::new(store.clone())),
        movie_reader: Arc::new(SqliteMovieReader::new(store.clone())),
        ratings: Arc::new(SqliteRatingRepository::new(store.clone())),
        rating_reader: Arc::new(SqliteRatingReader::new(store.clone())),
        summaries: Arc::new(SqliteRatingSummaryRepository::new(store.clone())),
        outbox: Arc::new(SqliteOutbox::new(store.clone())),
        dead_letters: Arc::new(SqliteDeadLetters::new(store.clone())),
        probe: Arc::new(SqliteHealthProbe::new(store.clone())),
    }
}

fn on_postgres(store: &PostgresStore) -> Store {
    Store {
        users: Arc::new(PostgresUserRepository::new(store.clone())),
        user_reader: Arc::new(PostgresUserReader::new(store.clone())),
        movies: Arc::new(PostgresMovieRepository::new(store.clone())),
        movie_reader: Arc::new(PostgresMovieReader::new(store.clone())),
        ratings: Arc::new(PostgresRatingRepository::new(store.clone())),
        rating_reader: Arc::new(PostgresRatingReader::new(store.clone())),
        summaries: Arc::new(PostgresRatingSummaryRepository::new(store.clone())),
        outbox: Arc::new(PostgresOutbox::new(store.clone())),
        dead_letters: Arc::new(PostgresDeadLetters::new(store.clone())),
        probe: Arc::new(PostgresHealthProbe::new(store.clone())),
    }
}
