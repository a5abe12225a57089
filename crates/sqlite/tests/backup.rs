//! Copies of a store, and what becomes of them.
#![expect(clippy::unwrap_used, reason = "a store that can't be made must stop its test loudly")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use reelmark_application::ports::MovieRepository;
use reelmark_sqlite::{BackupError, SqliteMovieRepository, SqliteStore, back_up, restore};
use reelmark_testkit::builders::movie;
use tempfile::TempDir;

struct Place {
    folder: TempDir,
    store: PathBuf,
    copy: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (store, copy) = (folder.path().join("reelmark.db"), folder.path().join("copy.db"));
        Self { folder, store, copy }
    }

    fn open(&self) -> SqliteMovieRepository {
        SqliteMovieRepository::new(SqliteStore::open(&self.store).unwrap())
    }

    fn files(&self) -> Vec<String> {
        let files = self.folder.path().read_dir().unwrap();
        let mut names: Vec<String> =
            files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

async fn add(movies: &SqliteMovieRepository, title: &str) -> i64 {
    movies.insert(movie(title).insert()).await.unwrap().id
}

async fn has(movies: &SqliteMovieRepository, id: i64) -> bool {
    movies.find(id).await.unwrap().is_some()
}

fn sql(file: &Path, statement: &str) {
    rusqlite::Connection::open(file).unwrap().execute_batch(statement).unwrap();
}

#[tokio::test]
async fn a_copy_has_what_was_stored_when_it_was_made() {
    let place = Place::new();
    let movies = place.open();
    let before = add(&movies, "Before").await;
    back_up(&place.store, &place.copy).unwrap();
    let after = add(&movies, "After").await;
    drop(movies);
    assert_eq!(place.copy.metadata().unwrap().permissions().mode() & 0o777, 0o600);

    restore(&place.copy, &place.store, true).unwrap();

    assert_eq!(place.files(), ["copy.db", "reelmark.db", "reelmark.db.lock"]);
    let movies = place.open();
    assert!(has(&movies, before).await && !has(&movies, after).await);
}

#[tokio::test]
async fn a_store_that_somebody_uses_stays() {
    let place = Place::new();
    let movies = place.open();
    back_up(&place.store, &place.copy).unwrap();
    let after = add(&movies, "After").await;

    let refused = restore(&place.copy, &place.store, true);
    assert!(matches!(refused, Err(BackupError::InUse(_))), "{refused:?}");
    let refused = restore(&place.copy, &place.store, false);
    assert!(matches!(refused, Err(BackupError::Exists(_))), "{refused:?}");

    assert!(has(&movies, after).await);
    add(&movies, "And on").await;
}

#[tokio::test]
async fn a_copy_that_is_no_good_changes_nothing() {
    let place = Place::new();
    let movies = place.open();
    let up = add(&movies, "Up").await;
    back_up(&place.store, &place.copy).unwrap();
    drop(movies);

    sql(&place.copy, "UPDATE refinery_schema_history SET version = 9999 WHERE version = 1");
    let newer = restore(&place.copy, &place.store, true);
    assert!(matches!(newer, Err(BackupError::Newer { found: 9999, .. })), "{newer:?}");

    let other = place.folder.path().join("other.db");
    sql(&other, "CREATE TABLE diary (day TEXT)");
    let other = restore(&other, &place.store, true);
    assert!(matches!(other, Err(BackupError::NotAStore(_))), "{other:?}");

    let missing = restore(&place.folder.path().join("missing.db"), &place.store, true);
    assert!(matches!(missing, Err(BackupError::NoStore(_))), "{missing:?}");
    assert!(has(&place.open(), up).await);
}

#[tokio::test]
async fn a_copy_with_rows_that_refer_to_nothing_is_refused() {
    let place = Place::new();
    drop(place.open());
    back_up(&place.store, &place.copy).unwrap();
    let orphan = "PRAGMA foreign_keys = OFF;
        INSERT INTO movie_genres (movie_id, position, genre_key, name) VALUES (7, 0, 'war', 'War')";
    sql(&place.copy, orphan);
    assert!(restore(&place.copy, &place.store, true).is_err());
}

#[test]
fn nothing_is_copied_from_nowhere_and_over_nothing() {
    let place = Place::new();
    let nowhere = back_up(&place.store, &place.copy);
    assert!(matches!(nowhere, Err(BackupError::NoStore(_))), "{nowhere:?}");
    drop(place.open());
    fs::write(&place.copy, "mine").unwrap();
    let refused = back_up(&place.store, &place.copy);
    assert!(matches!(refused, Err(BackupError::Exists(_))), "{refused:?}");
    assert_eq!(fs::read(&place.copy).unwrap(), b"mine");
}
