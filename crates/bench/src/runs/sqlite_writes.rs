//! Ratings stored durably on SQLite.

use std::time::{Duration, Instant};

use anyhow::Result;
use rusqlite::{Connection, params};

use crate::bench::Bench;
use crate::measure::Load;
use crate::pairs;
use crate::report::{Bar, Finding};
use crate::rounds::Subject;

const DURABLE: &str = "
    PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
    PRAGMA cache_size = -65536; PRAGMA busy_timeout = 5000";
const UPSERT: &str = "
    INSERT INTO ratings (user_id, movie_id, score, created_at, updated_at)
    VALUES (?1, ?2, ?3, ?4, ?4)
    ON CONFLICT (user_id, movie_id) DO UPDATE SET
        previous_score = ratings.score, score = excluded.score, version = ratings.version + 1,
        updated_at = excluded.updated_at";
const APPEND: &str = "
    INSERT INTO outbox_messages (kind, payload, created_at) VALUES ('rating_changed.v1', ?1, ?2)";

pub fn run(bench: &Bench) -> Result<Vec<Finding>> {
    let users = bench.dataset.shape().users;
    let script = pairs::wrk_script(users, &pairs::spread(&bench.dataset))?;
    // The reference has a file of its own, which nobody else writes to.
    let apart = crate::stack::Embedded::fill(bench.scratch(), &bench.dataset)?;
    let connection = Connection::open(apart.file())?;
    connection.execute_batch(DURABLE)?;
    let served = bench.serve_embedded()?;
    let [ours, theirs] = bench.alternate([
        Subject::new("reelmark", || bench.load(served.url("/"), &script)),
        Subject::new("one-row transactions", || one_by_one(bench, &connection)),
    ])?;
    let bar = (10.0 * theirs.per_second()).max(5_000.0);
    let figures = format!(
        "{} {:.0}/s; p99 {}; the worker counts the ratings in meanwhile",
        theirs.name,
        theirs.per_second(),
        ours.p99()
    );
    let finding = Finding::new("ratings on SQLite", Bar::AtLeast(bar), ours.per_second(), "/s");
    Ok(vec![finding.with(figures, [&ours, &theirs])])
}

fn one_by_one(bench: &Bench, connection: &Connection) -> Result<Load> {
    let shape = bench.dataset.shape();
    let duration = Duration::from_secs(bench.effort.seconds.into());
    let began = Instant::now();
    let mut count = 0_u32;
    while began.elapsed() < duration {
        count += 1;
        let (user, movie) = (count.wrapping_mul(7919) % shape.users + 1, count % shape.movies + 1);
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let mut upsert = connection.prepare_cached(UPSERT)?;
        upsert.execute(params![user, movie, count % 10 + 1, count])?;
        let payload = format!("{{\"movie\":{movie},\"user\":{user},\"old\":null,\"new\":1}}");
        connection.prepare_cached(APPEND)?.execute(params![payload, count])?;
        connection.execute_batch("COMMIT")?;
    }
    Ok(Load { per_second: f64::from(count) / began.elapsed().as_secs_f64(), ..Load::default() })
}
