use std::sync::Arc;

use indicatif::ProgressBar;
use reelmark_application::ports::{
    Clock, MovieReader, SessionReader, SummaryAuditor, TokenVerifier,
};
use reelmark_memory::SystemClock;
use reelmark_postgres::{
    PostgresConfig, PostgresMovieReader, PostgresSessionReader, PostgresStore,
    PostgresSummaryAuditor,
};
use reelmark_sqlite::{SqliteMovieReader, SqliteSessionReader, SqliteStore, SqliteSummaryAuditor};
use reelmark_testkit::builders::movies_like;
use reelmark_testkit::servers::EphemeralPostgres;
use tokio::runtime::Runtime;

use super::Tokens;
use crate::dataset::{Dataset, Movie};

const RATINGS: u64 = 3_000;

/// A store that was filled, as the service sees it.
struct Filled {
    auditor: Arc<dyn SummaryAuditor>,
    sessions: Arc<dyn SessionReader>,
    movies: Arc<dyn MovieReader>,
}

#[test]
fn fills_postgres_with_what_the_service_expects() {
    let url = EphemeralPostgres::shared().create_database();
    let dataset = Dataset::new(RATINGS, 1);
    let runtime = Runtime::new().unwrap();
    runtime.block_on(super::postgres(&url, &dataset, &ProgressBar::hidden())).unwrap();
    let handle = runtime.handle().clone();
    let store = PostgresStore::connect(&PostgresConfig::new(url), handle).unwrap();
    runtime.block_on(check(
        &dataset,
        &Filled {
            auditor: Arc::new(PostgresSummaryAuditor::new(store.clone())),
            sessions: Arc::new(PostgresSessionReader::new(store.clone())),
            movies: Arc::new(PostgresMovieReader::new(store)),
        },
    ));
}

#[test]
fn fills_sqlite_with_what_the_service_expects() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("reelmark.db");
    let dataset = Dataset::new(RATINGS, 1);
    let runtime = Runtime::new().unwrap();
    let now = SystemClock.now();
    runtime.block_on(super::sqlite(&file, &dataset, now, &ProgressBar::hidden())).unwrap();
    let store = SqliteStore::open(&file).unwrap();
    runtime.block_on(check(
        &dataset,
        &Filled {
            auditor: Arc::new(SqliteSummaryAuditor::new(store.clone())),
            sessions: Arc::new(SqliteSessionReader::new(store.clone())),
            movies: Arc::new(SqliteMovieReader::new(store)),
        },
    ));
}

async fn check(dataset: &Dataset, filled: &Filled) {
    let shape = dataset.shape();
    let compared = filled.auditor.compare(0, 100_000).await.unwrap();
    assert_eq!(compared.compared, shape.movies as usize);
    assert_eq!(compared.drifts, []);
    let totals = filled.auditor.compare_totals().await.unwrap();
    assert_eq!(totals.stored, totals.counted);
    assert_eq!(totals.stored.0, RATINGS as i64);

    let tokens = Tokens::new().unwrap();
    let bearer = tokens.0.verify(&tokens.of_user(shape.users).unwrap()).unwrap();
    let (user, session) = (bearer.user_id.get(), bearer.session_id.get());
    let found = filled.sessions.find_bearer(user, session, SystemClock.now()).await.unwrap();
    assert_eq!(found.unwrap().id, i64::from(shape.users));

    let Movie { id, title, .. } = dataset.movies().nth(6).unwrap();
    let found = filled.movies.list(movies_like(&title)).await.unwrap();
    assert!(found.iter().any(|found| found.details.movie.id == i64::from(id)), "{title}");
}
