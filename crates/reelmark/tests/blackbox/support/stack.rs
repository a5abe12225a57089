//! The two stacks that every scenario runs on, and the services that scenarios share.

use std::fmt;
use std::sync::{LazyLock, OnceLock};

use reelmark_testkit::servers::{EphemeralPostgres, EphemeralRedis};

use super::{Launch, TestApp};

/// What the service stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stack {
    /// A SQLite file; cache and queue in the process.
    Embedded,
    /// Postgres and Redis.
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
            Self::Full => Launch::full(&new_database(), &REDIS.url()).start(),
        })
    }

    /// A service of one's own that doesn't share data with any other.
    ///
    /// Of the sixteen databases of one Redis the shared service has the first.
    pub fn launch(self) -> Launch {
        static NEXT: OnceLock<std::sync::atomic::AtomicU32> = OnceLock::new();
        match self {
            Self::Embedded => Launch::embedded(),
            Self::Full => {
                let next = NEXT.get_or_init(|| std::sync::atomic::AtomicU32::new(1));
                let number = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                assert!(number < 16, "give some scenarios a Redis of their own");
                Launch::full(&new_database(), &format!("{}{number}", REDIS.url()))
            }
        }
    }

    /// Stops the shared services, which nobody needs any more.
    pub fn stop_all() {
        for app in Self::ALL.into_iter().filter_map(|stack| stack.cell().get()) {
            app.stop();
        }
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

impl fmt::Display for Stack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Embedded => "embedded",
            Self::Full => "full",
        })
    }
}
