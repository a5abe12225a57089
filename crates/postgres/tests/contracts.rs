//! The adapters keep the contracts of their ports.

mod support;

use std::sync::Arc;

use reelmark_postgres::{
    PostgresConfig, PostgresDeadLetters, PostgresMovieReader, PostgresMovieRepository,
    PostgresOutbox, PostgresRatingReader, PostgresRatingRepository,
    PostgresRatingSummaryRepository, PostgresUserReader, PostgresUserRepository,
};
use reelmark_testkit::contracts::Stores;

async fn fresh_stores() -> Stores {
    let url = support::migrated_database().await;
    let store = support::store(&PostgresConfig::new(url));
    Stores {
        users: Arc::new(PostgresUserRepository::new(store.clone())),
        user_reader: Arc::new(PostgresUserReader::new(store.clone())),
        movies: Arc::new(PostgresMovieRepository::new(store.clone())),
        movie_reader: Arc::new(PostgresMovieReader::new(store.clone())),
        ratings: Arc::new(PostgresRatingRepository::new(store.clone())),
        rating_reader: Arc::new(PostgresRatingReader::new(store.clone())),
        summaries: Arc::new(PostgresRatingSummaryRepository::new(store.clone())),
        outbox: Arc::new(PostgresOutbox::new(store.clone())),
        dead_letters: Arc::new(PostgresDeadLetters::new(store)),
        guard: Box::new(()),
    }
}

reelmark_testkit::store_contracts!(fresh_stores);
