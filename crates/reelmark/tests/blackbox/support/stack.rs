//! The two stacks that every scenario runs on, and the services that scenarios share.

use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, OnceLock};

use reelmark_testkit::servers::{EphemeralPostgres, EphemeralRabbitMq, EphemeralRedis};

use super::{Launch, TestApp};

/// What the service stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stack {
    /// A SQLite file; cache and queue in the process.
    Embedded,
    /// Postgres, Redis and RabbitMQ, with a worker in a process of its own.
    Full,
}

static EMBEDDED: OnceLock<TestApp> = OnceLock::new();
static FULL: OnceLock<TestApp> = OnceLock::new();
static REDIS: LazyLock<EphemeralRedis> = LazyLock::new(EphemeralRedis::start);
static POSTGRES: LazyLock<EphemeralPostgres> = LazyLock::new(EphemeralPostgres::start_durable);

impl Stack {
    pub const ALL: [Self; 2] = [Self::Embedded, Self::Full];

    /// The service that scenarios share on this stack, which the first of them starts.
    pub fn shared_app(self) -> &'static TestApp {
        self.cell().get_or_init(|| match self {
            Self::Embedded => Launch::embedded().start(),
            Self::Full => Launch::full(&new_database(), &REDIS.url(), &broker()).start(),
        })
    }

    /// A service of one's own that shares no data with any other. Its catalogue is empty, because
    /// filling it takes longer than most scenarios do.
    pub fn launch(self) -> Launch {
        let launch = match self {
            Self::Embedded => Launch::embedded(),
            Self::Full => Launch::full(&new_database(), &new_cache(), &broker()),
        };
        launch.with("STARTER_CATALOGUE", "off")
    }

    /// The shared services that some scenario has needed.
    pub fn started() -> impl Iterator<Item = &'static TestApp> {
        Self::ALL.into_iter().filter_map(|stack| stack.cell().get())
    }

    /// Stops the shared services, which nobody needs any more.
    pub fn stop_all() {
        Self::started().for_each(TestApp::stop);
    }

    fn cell(self) -> &'static OnceLock<TestApp> {
        match self {
            Self::Embedded => &EMBEDDED,
            Self::Full => &FULL,
        }
    }
}

/// A new, empty database on the server that scenarios share.
pub fn new_database() -> String {
    POSTGRES.create_database()
}

/// Runs SQL in a database of the server that scenarios share.
pub fn run_sql(url: &str, sql: &str) -> String {
    POSTGRES.query(url, sql)
}

/// The broker that scenarios share, each with queues of its own.
pub fn broker() -> String {
    EphemeralRabbitMq::shared().url()
}

/// A database of the Redis that scenarios share; the shared service has the first one.
fn new_cache() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    assert!(number < 64, "Redis has no more databases: give some scenario a server of its own");
    format!("{}{number}", REDIS.url())
}

impl fmt::Display for Stack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Embedded => "embedded",
            Self::Full => "full",
        })
    }
}
