use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use reelmark_application::ports::{
    AccountCodeRepository, AccountRepository, AuditReader, AuditTrail, DeadLetters, ExportReader,
    HealthProbe, IdempotencyKeys, MovieReader, MovieRepository, NeighbourReader,
    NeighbourRepository, Outbox, RatingReader, RatingRepository, RatingSummaryRepository,
    ReportReader, ReportRepository, RepositoryError, SessionReader, SessionRepository,
    SummaryAuditor, TasteReader, UserReader, UserRepository,
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

/// A report looks at all there is, and nobody waits for it.
const REPORT_TIMEOUT: Duration = Duration::from_secs(120);
/// One report is made at a time, as are neighbours, and a session that hangs must not hold up the
/// next.
const REPORT_CONNECTIONS: usize = 3;

const BETWEEN_TRIES: Duration = Duration::from_millis(250);

/// All ports of one store.
pub struct Store {
    pub users: Arc<dyn UserRepository>,
    pub user_reader: Arc<dyn UserReader>,
    pub accounts: Arc<dyn AccountRepository>,
    pub codes: Arc<dyn AccountCodeRepository>,
    pub exports: Arc<dyn ExportReader>,
    pub sessions: Arc<dyn SessionRepository>,
    pub session_reader: Arc<dyn SessionReader>,
    pub movies: Arc<dyn MovieRepository>,
    pub movie_reader: Arc<dyn MovieReader>,
    pub ratings: Arc<dyn RatingRepository>,
    pub rating_reader: Arc<dyn RatingReader>,
    pub summaries: Arc<dyn RatingSummaryRepository>,
    pub auditor: Arc<dyn SummaryAuditor>,
    pub outbox: Arc<dyn Outbox>,
    pub idempotency_keys: Arc<dyn IdempotencyKeys>,
    pub audit_trail: Arc<dyn AuditTrail>,
    pub audit_reader: Arc<dyn AuditReader>,
    pub reports: Arc<dyn ReportRepository>,
    pub report_reader: Arc<dyn ReportReader>,
    pub dead_letters: Arc<dyn DeadLetters>,
    pub neighbours: Arc<dyn NeighbourRepository>,
    pub neighbour_reader: Arc<dyn NeighbourReader>,
    pub tastes: Arc<dyn TasteReader>,
    /// For what looks at all users.
    pub all_tastes: Arc<dyn TasteReader>,
    pub probe: Arc<dyn HealthProbe>,
}

impl Store {
    /// Opens the configured store and brings it to the schema of this version.
    pub async fn open(config: &StoreConfig, io: &Handle) -> Result<Self, Failure> {
        match &config.database {
            Database::Sqlite { file } => open_sqlite(file),
            Database::Postgres { url, connections } => {
                let store = postgres(url, *connections, STATEMENT_TIMEOUT, io)?;
                let patient = postgres(url, REPORT_CONNECTIONS, REPORT_TIMEOUT, io)?;
                migrate(&store).await?;
                Ok(on_postgres(&store, patient))
            }
        }
    }
}

/// Whether the store would take its settings.
pub fn check(config: &StoreConfig, io: &Handle) -> Result<(), Failure> {
    match &config.database {
        Database::Sqlite { .. } => Ok(()),
        Database::Postgres { url, connections } => {
            postgres(url, *connections, STATEMENT_TIMEOUT, io).map(drop)
        }
    }
}

fn open_sqlite(file: &Path) -> Result<Store, Failure> {
    let store = SqliteStore::open(file);
    let store = store.or_fail(format!("could not open the store in {}", file.display()))?;
    Ok(on_sqlite(&store))
}

fn postgres(
    url: &SecretString,
    connections: usize,
    statement_timeout: Duration,
    io: &Handle,
) -> Result<PostgresStore, Failure> {
    let mut config = PostgresConfig::new(url.expose_secret());
    config.max_connections = connections;
    config.statement_timeout = statement_timeout;
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
        accounts: Arc::new(SqliteAccountRepository::new(store.clone())),
        codes: Arc::new(SqliteAccountCodeRepository::new(store.clone())),
        exports: Arc::new(SqliteExportReader::new(store.clone())),
        sessions: Arc::new(SqliteSessionRepository::new(store.clone())),
        session_reader: Arc::new(SqliteSessionReader::new(store.clone())),
        movies: Arc::new(SqliteMovieRepository::new(store.clone())),
        movie_reader: Arc::new(SqliteMovieReader::new(store.clone())),
        ratings: Arc::new(SqliteRatingRepository::new(store.clone())),
        rating_reader: Arc::new(SqliteRatingReader::new(store.clone())),
        summaries: Arc::new(SqliteRatingSummaryRepository::new(store.clone())),
        auditor: Arc::new(SqliteSummaryAuditor::new(store.clone())),
        outbox: Arc::new(SqliteOutbox::new(store.clone())),
        idempotency_keys: Arc::new(SqliteIdempotencyKeys::new(store.clone())),
        audit_trail: Arc::new(SqliteAuditTrail::new(store.clone())),
        audit_reader: Arc::new(SqliteAuditReader::new(store.clone())),
        reports: Arc::new(SqliteReportRepository::new(store.clone())),
        report_reader: Arc::new(SqliteReportReader::new(store.clone())),
        dead_letters: Arc::new(SqliteDeadLetters::new(store.clone())),
        neighbours: Arc::new(SqliteNeighbourRepository::new(store.clone())),
        neighbour_reader: Arc::new(SqliteNeighbourReader::new(store.clone())),
        tastes: Arc::new(SqliteTasteReader::new(store.clone())),
        all_tastes: Arc::new(SqliteTasteReader::new(store.clone())),
        probe: Arc::new(SqliteHealthProbe::new(store.clone())),
    }
}

/// `patient` lets its statements take longer.
fn on_postgres(store: &PostgresStore, patient: PostgresStore) -> Store {
    Store {
        users: Arc::new(PostgresUserRepository::new(store.clone())),
        user_reader: Arc::new(PostgresUserReader::new(store.clone())),
        accounts: Arc::new(PostgresAccountRepository::new(store.clone())),
        codes: Arc::new(PostgresAccountCodeRepository::new(store.clone())),
        exports: Arc::new(PostgresExportReader::new(store.clone())),
        sessions: Arc::new(PostgresSessionRepository::new(store.clone())),
        session_reader: Arc::new(PostgresSessionReader::new(store.clone())),
        movies: Arc::new(PostgresMovieRepository::new(store.clone())),
        movie_reader: Arc::new(PostgresMovieReader::new(store.clone())),
        ratings: Arc::new(PostgresRatingRepository::new(store.clone())),
        rating_reader: Arc::new(PostgresRatingReader::new(store.clone())),
        summaries: Arc::new(PostgresRatingSummaryRepository::new(store.clone())),
        auditor: Arc::new(PostgresSummaryAuditor::new(store.clone())),
        outbox: Arc::new(PostgresOutbox::new(store.clone())),
        idempotency_keys: Arc::new(PostgresIdempotencyKeys::new(store.clone())),
        audit_trail: Arc::new(PostgresAuditTrail::new(store.clone())),
        audit_reader: Arc::new(PostgresAuditReader::new(store.clone())),
        reports: Arc::new(PostgresReportRepository::new(store.clone())),
        report_reader: Arc::new(PostgresReportReader::new(patient.clone())),
        dead_letters: Arc::new(PostgresDeadLetters::new(store.clone())),
        neighbours: Arc::new(PostgresNeighbourRepository::new(store.clone())),
        neighbour_reader: Arc::new(PostgresNeighbourReader::new(store.clone())),
        tastes: Arc::new(PostgresTasteReader::new(store.clone())),
        all_tastes: Arc::new(PostgresTasteReader::new(patient)),
        probe: Arc::new(PostgresHealthProbe::new(store.clone())),
    }
}
