use std::fmt;
use std::time::Duration;

use reelmark_application::ports::Cause;
use thiserror::Error;
use tokio_postgres::Config;

/// What every session asks the server for.
const SESSION_OPTIONS: [&str; 5] = [
    // A database or a role may have other defaults than these two, which correctness rests on.
    "synchronous_commit=on",
    r"default_transaction_isolation=read\ committed",
    // A process that froze in the middle of a transaction must not keep its locks.
    "idle_in_transaction_session_timeout=30s",
    // Requests run side by side anyway; compiling a plan, or starting helpers for it, takes longer
    // here than running it.
    "jit=off",
    "max_parallel_workers_per_gather=0",
];

const KEEPALIVES_IDLE: Duration = Duration::from_secs(30);

/// How to reach a PostgreSQL server, and how long to wait for it.
#[derive(Clone)]
pub struct PostgresConfig {
    /// `postgres://user:password@host:port/database?options`; several hosts may be listed.
    pub url: String,
    /// The greatest number of connections of this process.
    pub max_connections: usize,
    /// How many callers may wait for one of them at once; more are turned away without delay.
    pub max_waiting: usize,
    /// How long a caller waits for one of them to be free before it is turned away.
    pub wait_timeout: Duration,
    /// How long opening a connection to one host may take.
    pub connect_timeout: Duration,
    /// After how long the server gives up a statement.
    pub statement_timeout: Duration,
}

/// The configuration makes no sense, most likely its URL.
#[derive(Debug, Error)]
#[error("the PostgreSQL store can't be configured")]
pub struct PostgresConfigError(#[source] pub(crate) Cause);

impl PostgresConfig {
    /// The usual patience with the server at `url`.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            max_connections: 16,
            max_waiting: 512,
            wait_timeout: Duration::from_secs(1),
            connect_timeout: Duration::from_secs(2),
            statement_timeout: Duration::from_secs(10),
        }
    }

    /// The driver's configuration of a session whose statements may take `statement_timeout`; zero
    /// stands for any time. What the URL says about a setting goes before what is said here.
    pub(crate) fn session(
        &self,
        statement_timeout: Duration,
    ) -> Result<Config, PostgresConfigError> {
        let url = self.url.parse::<Config>();
        let mut config = url.map_err(|error| PostgresConfigError(Box::new(error)))?;
        let theirs = config.get_options().unwrap_or_default();
        let options = format!("{} {theirs}", options(statement_timeout));
        config.options(options);
        if config.get_application_name().is_none() {
            config.application_name("reelmark");
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(self.connect_timeout);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(self.statement_timeout);
        }
        let idle = config.get_keepalives_idle().min(KEEPALIVES_IDLE);
        config.keepalives_idle(idle);
        Ok(config)
    }
}

fn options(statement_timeout: Duration) -> String {
    let limit = format!("statement_timeout={}", statement_timeout.as_millis());
    let options = SESSION_OPTIONS.iter().copied().chain([limit.as_str()]);
    options.map(|option| format!("-c {option}")).collect::<Vec<_>>().join(" ")
}

impl fmt::Debug for PostgresConfig {
    /// Leaves out the URL, which may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresConfig")
            .field("max_connections", &self.max_connections)
            .field("max_waiting", &self.max_waiting)
            .field("wait_timeout", &self.wait_timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("statement_timeout", &self.statement_timeout)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn options(url: &str) -> String {
        let config = PostgresConfig::new(url).session(MINUTE).unwrap();
        config.get_options().unwrap().to_owned()
    }

    #[test]
    fn every_session_asks_for_durable_commits_and_a_time_limit() {
        let options = options("postgres://localhost/reelmark");
        assert!(options.contains("-c synchronous_commit=on"));
        assert!(options.contains("-c statement_timeout=60000"));
    }

    #[test]
    fn options_of_the_url_come_last_and_so_win() {
        let url = "postgres://localhost/reelmark?options=-c%20synchronous_commit%3Dremote_apply";
        assert!(options(url).ends_with("-c synchronous_commit=remote_apply"));
    }

    #[test]
    fn a_session_is_named_unless_the_url_names_it() {
        let name = |url| {
            let config = PostgresConfig::new(url).session(MINUTE).unwrap();
            config.get_application_name().unwrap().to_owned()
        };
        assert_eq!(name("postgres://localhost/a"), "reelmark");
        assert_eq!(name("postgres://localhost/a?application_name=blue"), "blue");
    }

    #[test]
    fn a_url_that_cannot_be_read_is_refused_without_repeating_its_password() {
        let config = PostgresConfig::new("postgres://ann:secret@localhost:port/reelmark");
        let error = config.session(MINUTE).unwrap_err();
        assert!(!format!("{error:?} {config:?}").contains("secret"));
    }
}
