//! No statement of a request, or of the worker's rounds, reads a whole large table.
//!
//! The adapters run against a million ratings while the server writes down the plan of every
//! statement, so what is looked at is what really runs: once planned for its parameters, once as the
//! generic plan that prepared statements get in the end.

mod calls;

use std::path::PathBuf;

use reelmark_postgres::{PostgresConfig, PostgresStore};
use reelmark_testkit::servers::EphemeralPostgres;

use crate::support;

const FILL: &str = include_str!("fill.sql");

/// Tables that grow with use. The totals, one row, and the outbox's own depth are no concern.
const LARGE: [&str; 19] = [
    "users",
    "movies",
    "movie_genres",
    "movie_countries",
    "movie_title_keys",
    "movie_words",
    "search_words",
    "word_endings",
    "word_typos",
    "ratings",
    "rating_summaries",
    "sessions",
    "refresh_tokens",
    "account_codes",
    "idempotency_keys",
    "processed_messages",
    "outbox_messages",
    "audit_events",
    "reports",
];

/// A server that writes down plans, and a database on it with a million ratings.
struct Site {
    server: EphemeralPostgres,
    url: String,
}

impl Site {
    async fn filled() -> Self {
        let server = EphemeralPostgres::start();
        let url = server.create_database();
        let site = Self { server, url };
        site.store().migrate().await.unwrap();
        site.server.query(&site.url, FILL);
        // Takes up the words of the movies.
        site.store().migrate().await.unwrap();
        site.server.query(&site.url, "VACUUM ANALYZE");
        site.set("session_preload_libraries", "auto_explain");
        site.set("auto_explain.log_min_duration", "0");
        site
    }

    /// For sessions that are opened from now on.
    fn set(&self, setting: &str, value: &str) {
        let (_, database) = self.url.rsplit_once('/').unwrap();
        let sql = format!("ALTER DATABASE {database} SET {setting} = '{value}'");
        self.server.query(&self.server.url("postgres"), &sql);
    }

    fn store(&self) -> PostgresStore {
        support::store(&PostgresConfig::new(&self.url))
    }

    fn log(&self) -> PathBuf {
        self.server.directory().join("server.log")
    }

    /// What the server has written down since its log had `start` bytes.
    fn log_since(&self, start: usize) -> String {
        let log = std::fs::read(self.log()).unwrap();
        String::from_utf8_lossy(&log[start..]).into_owned()
    }

    fn log_length(&self) -> usize {
        std::fs::read(self.log()).unwrap().len()
    }
}

/// The large tables that the plans read from end to end.
fn scanned(plans: &str) -> Vec<&'static str> {
    let scans = |line: &str, table: &str| {
        line.split_once("Seq Scan on ")
            .is_some_and(|(_, rest)| rest.split([' ', '\n']).next() == Some(table))
    };
    let is_scanned = |table: &&str| plans.lines().any(|line| scans(line, table));
    LARGE.into_iter().filter(is_scanned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_reads_a_large_table_from_end_to_end() {
    let site = Site::filled().await;
    let mut problems = Vec::new();
    for mode in ["force_custom_plan", "force_generic_plan"] {
        site.set("plan_cache_mode", mode);
        let store = site.store();
        for (name, call) in calls::all() {
            let start = site.log_length();
            call(store.clone()).await;
            let plans = site.log_since(start);
            assert!(plans.contains("Query Text"), "{name}: no plan was written down");
            let scanned = scanned(&plans);
            if !scanned.is_empty() {
                problems.push(format!("{name}, {mode}: {scanned:?}\n{plans}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_scan_is_told_from_other_reads() {
    let plan = "->  Seq Scan on ratings  (cost=0.00 rows=9)\n->  Index Scan using x on movies";
    assert_eq!(scanned(plan), ["ratings"]);
    assert_eq!(scanned("->  Seq Scan on ratings_of_old  (cost=0.00"), Vec::<&str>::new());
}
