//! The store's contracts, each on a new file, and what only a store in a file has to keep.
#![expect(clippy::unwrap_used, reason = "a store that can't be made must stop its test loudly")]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use reelmark_application::ports::{HealthProbe, MovieReader, MovieRepository, RepositoryError};
use reelmark_sqlite::{
    SqliteAccountCodeRepository, SqliteAccountRepository, SqliteAuditReader, SqliteAuditTrail,
    SqliteDeadLetters, SqliteExportReader, SqliteHealthProbe, SqliteIdempotencyKeys,
    SqliteMovieReader, SqliteMovieRepository, SqliteNeighbourReader, SqliteNeighbourRepository,
    SqliteOutbox, SqliteRatingReader, SqliteRatingRepository, SqliteRatingSummaryRepository,
    SqliteReportReader, SqliteReportRepository, SqliteSessionReader, SqliteSessionRepository,
    SqliteStore, SqliteSummaryAuditor, SqliteTasteReader, SqliteUserReader, SqliteUserRepository,
};
use reelmark_testkit::builders::{movie, movies_like};
use reelmark_testkit::contracts::Stores;
use tempfile::TempDir;

async fn fresh_stores() -> Stores {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("reelmark.db")).unwrap();
    stores(store, folder)
}

fn stores(store: SqliteStore, folder: TempDir) -> Stores {
    Stores {
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
        tastes: Arc::new(SqliteTasteReader::new(store)),
        guard: Box::new(folder),
    }
}

reelmark_testkit::store_contracts!(fresh_stores);

fn size(path: &Path) -> u64 {
    path.metadata().map_or(0, |metadata| metadata.len())
}

#[tokio::test]
async fn what_was_stored_is_there_when_the_file_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reelmark.db");
    let store = SqliteStore::open(&path).unwrap();
    let movies = SqliteMovieRepository::new(store);
    let stored = movies.insert(movie("Alien").insert()).await.unwrap();
    drop(movies);

    let movies = SqliteMovieRepository::new(SqliteStore::open(&path).unwrap());

    assert_eq!(movies.find(stored.id).await.unwrap(), Some(stored));
}

#[tokio::test]
async fn movies_of_an_older_release_are_found_once_the_file_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reelmark.db");
    let movies = SqliteMovieRepository::new(SqliteStore::open(&path).unwrap());
    let alien = movie("Alien").original_title("異形").alternative_titles(&["Star Beast, The"]);
    let stored = movies.insert(alien.insert()).await.unwrap();
    drop(movies);
    let file = rusqlite::Connection::open(&path).unwrap();
    let index = "SELECT group_concat(word ORDER BY word) \
                 || (SELECT group_concat(title_key ORDER BY title_key) FROM movie_title_keys) \
                 || (SELECT other_keys FROM movies) FROM movie_words";
    let words = || file.query_row(index, [], |row| row.get::<_, Option<String>>(0)).unwrap();
    let indexed = words();
    let forget = "DELETE FROM movie_words; DELETE FROM movie_title_keys; \
                  UPDATE movies SET search_version = 0, other_keys = ''";
    file.execute_batch(forget).unwrap();

    let reader = SqliteMovieReader::new(SqliteStore::open(&path).unwrap());

    for text in ["alein", "beast star"] {
        let found = reader.list(movies_like(text)).await.unwrap();
        assert_eq!(found[0].details.movie, stored, "{text}");
    }
    assert_eq!(words(), indexed);
}

#[tokio::test]
async fn closing_empties_the_write_ahead_log_into_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reelmark.db");
    let store = SqliteStore::open(&path).unwrap();
    let movies = SqliteMovieRepository::new(store);
    let stored = movies.insert(movie("Alien").insert()).await.unwrap();
    movies.find(stored.id).await.unwrap();
    let log = folder.path().join("reelmark.db-wal");
    assert!(size(&log) > 0);

    drop(movies);

    assert_eq!(size(&log), 0);
}

#[test]
fn many_stores_may_open_a_new_file_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reelmark.db");
    std::thread::scope(|threads| {
        let open = || threads.spawn(|| SqliteStore::open(&path).map(drop));
        let opening: Vec<_> = (0..8).map(|_| open()).collect();
        for opened in opening {
            opened.join().unwrap().unwrap();
        }
    });
}

#[tokio::test]
async fn two_open_stores_see_what_the_other_writes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reelmark.db");
    let one = SqliteMovieRepository::new(SqliteStore::open(&path).unwrap());
    let other = SqliteMovieRepository::new(SqliteStore::open(&path).unwrap());
    for _ in 0..3 {
        let by_one = one.insert(movie("Alien").insert()).await.unwrap();
        let by_other = other.insert(movie("Aliens").insert()).await.unwrap();
        assert_eq!(other.find(by_one.id).await.unwrap(), Some(by_one));
        assert_eq!(one.find(by_other.id).await.unwrap(), Some(by_other));
    }
}

#[test]
fn makes_the_folder_and_keeps_the_file_from_other_users() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("some/where/reelmark.db");

    let _store = SqliteStore::open(&path).unwrap();

    for file in ["reelmark.db", "reelmark.db-wal", "reelmark.db-shm"] {
        let metadata = path.with_file_name(file).metadata().unwrap();
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600, "{file}");
    }
}

#[test]
fn refuses_a_file_that_is_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reelmark.db");
    std::fs::write(&path, "Dear diary, ".repeat(1000)).unwrap();

    let refused = SqliteStore::open(&path);

    assert!(matches!(refused, Err(RepositoryError::Corrupt(_))));
}

#[test]
fn a_place_that_cannot_hold_a_file_is_unavailable() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();

    let refused = SqliteStore::open(folder.path().join("file/reelmark.db"));

    assert!(matches!(refused, Err(RepositoryError::Unavailable(_))));
}

#[tokio::test]
async fn an_open_store_is_healthy() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("reelmark.db")).unwrap();
    let probe = SqliteHealthProbe::new(store);

    assert!(probe.check().await.is_ok());
    assert!(probe.is_required());
    assert_eq!(probe.name(), "store");
}

#[tokio::test]
async fn a_store_that_somebody_else_keeps_locked_is_not_healthy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reelmark.db");
    let probe = SqliteHealthProbe::new(SqliteStore::open(&path).unwrap());
    let somebody_else = rusqlite::Connection::open(&path).unwrap();
    somebody_else.execute_batch("BEGIN IMMEDIATE").unwrap();

    assert!(probe.check().await.is_err());
    somebody_else.execute_batch("ROLLBACK").unwrap();
    assert!(probe.check().await.is_ok());
}
