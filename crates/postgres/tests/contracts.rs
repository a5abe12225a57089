//! The adapters keep the contracts of their ports.

mod support;

use std::sync::Arc;

use reelmark_postgres::{
    PostgresAccountCodeRepository, PostgresAccountRepository, PostgresAuditReader,
    PostgresAuditTrail, PostgresConfig, PostgresDeadLetters, PostgresExportReader,
    PostgresIdempotencyKeys, PostgresMovieReader, PostgresMovieRepository, PostgresNeighbourReader,
    PostgresNeighbourRepository, PostgresOutbox, PostgresRatingReader, PostgresRatingRepository,
    PostgresRatingSummaryRepository, PostgresReportReader, PostgresReportRepository,
    PostgresSessionReader, PostgresSessionRepository, PostgresSummaryAuditor, PostgresTasteReader,
    PostgresUserReader, PostgresUserRepository,
};
use reelmark_testkit::contracts::Stores;

async fn fresh_stores() -> Stores {
    let url = support::migrated_database().await;
    let store = support::store(&PostgresConfig::new(url));
    Stores {
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
        report_reader: Arc::new(PostgresReportReader::new(store.clone())),
        dead_letters: Arc::new(PostgresDeadLetters::new(store.clone())),
        neighbours: Arc::new(PostgresNeighbourRepository::new(store.clone())),
        neighbour_reader: Arc::new(PostgresNeighbourReader::new(store.clone())),
        tastes: Arc::new(PostgresTasteReader::new(store)),
        guard: Box::new(()),
    }
}

reelmark_testkit::store_contracts!(fresh_stores);
