use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use indicatif::ProgressBar;
use reelmark_application::ports::MovieRepository;
use reelmark_sqlite::{SqliteMovieRepository, SqliteStore};
use rusqlite::{Connection, params};
use time::OffsetDateTime;

use super::accounts::PASSWORD_HASH;
use super::facts;
use super::tally::{OfMovie, Tally};
use crate::dataset::Dataset;

/// If the machine fails, the file is made anew.
const HURRY: &str = "
    PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -262144;
    PRAGMA temp_store = MEMORY";

/// Each user has one session, whose id is the user's. The first is the admin that the service makes
/// on an embedded store when there is none, which hashes a password.
const STORE_USERS: &str = "
    WITH RECURSIVE numbers (n, name) AS (
        SELECT 1, 'admin' UNION ALL SELECT n + 1, 'user' || (n + 1) FROM numbers WHERE n < ?1
    )
    INSERT INTO users (id, username, username_key, email, password_hash, role, created_at)
    SELECT n, name, name, name || '@example.org', ?2, iif(n = 1, 'admin', 'member'), ?3
    FROM numbers";
const STORE_SESSIONS: &str = "
    INSERT INTO sessions (id, user_id, device, created_at, last_used_at, expires_at)
    SELECT id, id, 'benchmark', created_at, created_at, created_at + 86400000000 FROM users";

const LIST_INDEXES: &str = "
    SELECT name, sql FROM sqlite_schema
    WHERE type = 'index' AND tbl_name = 'ratings' AND sql IS NOT NULL";

const STORE_RATING: &str = "
    INSERT INTO ratings (user_id, movie_id, score, created_at, updated_at)
    VALUES (?1, ?2, ?3, ?4, ?4)";

const STORE_SUMMARY: &str = "
    UPDATE rating_summaries
    SET h1 = ?2, h2 = ?3, h3 = ?4, h4 = ?5, h5 = ?6, h6 = ?7, h7 = ?8, h8 = ?9, h9 = ?10,
        h10 = ?11, trend = ?12, catalogue_mean = ?13, version = 1
    WHERE movie_id = ?1";
const STORE_TOTALS: &str = "UPDATE catalogue_totals SET rating_count = ?1, rating_sum = ?2";

/// Makes and fills a file. `now` is when the sessions begin.
pub async fn load(
    path: &Path,
    dataset: &Dataset,
    now: OffsetDateTime,
    progress: &ProgressBar,
) -> Result<()> {
    let movies = facts::movies(dataset)?;
    SqliteMovieRepository::new(SqliteStore::open(path)?).insert_into_empty(movies).await?;
    let connection = Connection::open(path)?;
    connection.execute_batch(HURRY)?;
    connection.execute_batch("BEGIN IMMEDIATE")?;
    store_users(&connection, dataset.shape().users, now)?;
    let indexes = set_aside(&connection)?;
    let tally = store_ratings(&connection, dataset, progress)?;
    connection.execute_batch(&indexes)?;
    store_summaries(&connection, &tally)?;
    connection.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(())
}

fn store_users(connection: &Connection, users: u32, now: OffsetDateTime) -> Result<()> {
    let micros = now.unix_timestamp() * 1_000_000;
    connection.execute(STORE_USERS, params![users, PASSWORD_HASH, micros])?;
    connection.execute(STORE_SESSIONS, [])?;
    Ok(())
}

/// Drops the indexes of ratings and returns the statements that make them again: they are built
/// faster than they are kept up to date.
fn set_aside(connection: &Connection) -> Result<String> {
    let mut statement = connection.prepare(LIST_INDEXES)?;
    let indexes = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let indexes: Vec<(String, String)> = indexes.collect::<rusqlite::Result<_>>()?;
    let mut definitions = String::new();
    for (name, definition) in &indexes {
        connection.execute_batch(&format!("DROP INDEX {name}"))?;
        definitions += &format!("{definition};");
    }
    Ok(definitions)
}

fn store_ratings(
    connection: &Connection,
    dataset: &Dataset,
    progress: &ProgressBar,
) -> Result<Tally> {
    let mut tally = Tally::new(dataset.shape().movies);
    let mut statement = connection.prepare(STORE_RATING)?;
    for rating in dataset.ratings() {
        let micros = i64::from(rating.at) * 1_000_000;
        statement.execute(params![rating.user, rating.movie, rating.score, micros])?;
        let at = OffsetDateTime::UNIX_EPOCH + Duration::from_secs(rating.at.into());
        tally.add(&rating, at);
        progress.inc(1);
    }
    Ok(tally)
}

fn store_summaries(connection: &Connection, tally: &Tally) -> Result<()> {
    let mut statement = connection.prepare(STORE_SUMMARY)?;
    let mean = tally.mean();
    for (id, OfMovie { histogram: h, trend }) in tally.movies() {
        statement.execute(params![
            id, h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], h[8], h[9], trend, mean
        ])?;
    }
    connection.execute(STORE_TOTALS, tally.totals())?;
    Ok(())
}
