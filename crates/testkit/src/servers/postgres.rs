use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use super::account::Account;
use super::free_port;
use super::programs;
use super::supervised::{Launch, Signal, Supervised};

const SUPERUSER: &str = "postgres";

const ALWAYS: [&str; 4] = [
    "listen_addresses=127.0.0.1",
    // No socket file, whose path might be too long for one.
    "unix_socket_directories=",
    "max_connections=200",
    // Shared memory that is deleted with the directory, whatever kills the server.
    "dynamic_shared_memory_type=mmap",
];

/// Commits reach the system but need not reach the disk: only a crash of the machine would tell.
const FAST: [&str; 3] = ["fsync=off", "full_page_writes=off", "synchronous_commit=on"];

/// The defaults of Postgres, spelt out because durability tests depend on them.
const DURABLE: [&str; 3] = ["fsync=on", "full_page_writes=on", "synchronous_commit=on"];

/// `postmaster.pid` names the key and the id of the shared memory on its seventh line.
const LOCK_FILE_LINE_OF_SHARED_MEMORY: usize = 6;

/// A PostgreSQL server of one's own.
///
/// Its databases are encoded in UTF-8, sort by code point, and know the case of all letters. Every
/// method panics, with the end of the server's log, when the server does not do as it is told.
pub struct EphemeralPostgres {
    server: Supervised,
    programs: PathBuf,
    settings: &'static [&'static str],
    port: u16,
    databases: AtomicU64,
}

impl EphemeralPostgres {
    /// Starts a server that does not wait for the disk.
    #[must_use]
    pub fn start() -> Self {
        Self::start_on(free_port::candidates(), &FAST)
    }

    /// Starts a server that keeps what it has committed through a power cut, as production must.
    #[must_use]
    pub fn start_durable() -> Self {
        Self::start_on(free_port::candidates(), &DURABLE)
    }

    /// The server that all tests of one test binary share, each with databases of its own. A test
    /// that pauses or crashes its server needs one for itself.
    #[must_use]
    pub fn shared() -> &'static Self {
        static SHARED: LazyLock<EphemeralPostgres> = LazyLock::new(EphemeralPostgres::start);
        &SHARED
    }

    fn start_on(ports: impl IntoIterator<Item = u16>, settings: &'static [&'static str]) -> Self {
        let programs = programs::postgres_directory();
        let account = Account::to_replace_root();
        // SIGQUIT ends Postgres at once, yet gives its shared memory back, which SIGKILL does not.
        let server = Supervised::in_new_directory("postgres", account, Signal::Quit);
        initialise(&server, &programs);
        let mut postgres =
            Self { server, programs, settings, port: 0, databases: AtomicU64::new(0) };
        postgres.port = free_port::first_to_launch_on(ports, |port| postgres.launch(port));
        postgres
    }

    fn launch(&self, port: u16) -> Launch {
        let data = self.data();
        let port = port.to_string();
        let mut command = vec![path(&self.programs, "postgres"), "-D".into(), data.clone()];
        command.extend(["-p".into(), port]);
        for setting in ALWAYS.iter().chain(self.settings) {
            command.extend(["-c".into(), (*setting).into()]);
        }
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        self.server.launch(&command, "database system is ready to accept connections")
    }

    /// The URL of one of the server's databases. `postgres` always exists.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{SUPERUSER}@127.0.0.1:{}/{database}", self.port)
    }

    /// Makes a new, empty database and returns its URL.
    #[must_use]
    pub fn create_database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let statement = format!("CREATE DATABASE {name} TEMPLATE template0");
        self.query(&self.url("postgres"), &statement);
        self.url(&name)
    }

    /// Runs SQL through `psql` and returns what it answers: a line a row, fields divided by `|`.
    pub fn query(&self, url: &str, sql: &str) -> String {
        programs::output_of(self.psql(url).args(["-c", sql]))
    }

    /// A `psql` connected to a database, for tests that need a session of their own.
    #[must_use]
    pub fn psql(&self, url: &str) -> Command {
        let mut psql = Command::new(path(&self.programs, "psql"));
        programs::forget_postgres_environment(&mut psql);
        psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--dbname", url])
            .args(["--set", "ON_ERROR_STOP=1"])
            .env("PGCONNECT_TIMEOUT", "10");
        psql
    }

    /// The port of 127.0.0.1 the server listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The directory that holds the server's files, its `server.log` among them.
    #[must_use]
    pub fn directory(&self) -> &Path {
        self.server.directory()
    }

    /// Makes the server hang: connections open, even new ones, but nothing is answered.
    pub fn pause(&self) {
        self.server.pause();
    }

    /// Ends a [`pause`](Self::pause).
    pub fn resume(&self) {
        self.server.resume();
    }

    /// Kills all processes of the server with SIGKILL. Its files stay as they are.
    pub fn crash(&self) {
        self.server.crash();
        self.give_back_shared_memory();
    }

    /// Starts the server again, on the same port and files, ending it first if it still runs.
    pub fn restart(&self) {
        self.server.stop();
        let launch = self.launch(self.port);
        assert_eq!(launch, Launch::Ready, "another process took the port while it was free");
    }

    fn data(&self) -> String {
        path(self.directory(), "data")
    }

    /// Every Postgres marks its files as in use with a few bytes of System V shared memory, of which
    /// a machine has a limited number. A killed one leaves them behind until it is restarted, and
    /// this one may never be.
    fn give_back_shared_memory(&self) {
        self.server.run(&["ipcrm", "-m", &self.shared_memory()]);
    }

    /// The id of the shared memory of a server that runs or was killed.
    fn shared_memory(&self) -> String {
        let lock_file = fs::read_to_string(self.directory().join("data/postmaster.pid"));
        let lock_file = lock_file.expect("Postgres should have a lock file");
        let key_and_id = lock_file.lines().nth(LOCK_FILE_LINE_OF_SHARED_MEMORY);
        let id = key_and_id.and_then(|line| line.split_whitespace().last());
        id.expect("the lock file should name the shared memory").to_owned()
    }
}

fn initialise(server: &Supervised, programs: &Path) {
    server.run(&[
        &path(programs, "initdb"),
        "--pgdata=data",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--lc-messages=C",
        "--auth=trust",
        &format!("--username={SUPERUSER}"),
        "--no-sync",
    ]);
}

fn path(directory: &Path, file: &str) -> String {
    directory.join(file).to_str().expect("paths should be UTF-8").to_owned()
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};

    use super::*;

    #[test]
    fn moves_to_another_port_when_it_is_too_late_for_the_first() {
        let winner = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port should be free");
        let taken = winner.local_addr().expect("a bound socket has an address").port();

        let postgres =
            EphemeralPostgres::start_on([taken].into_iter().chain(free_port::candidates()), &FAST);

        assert_ne!(postgres.port(), taken);
        assert_eq!(postgres.query(&postgres.url("postgres"), "SELECT 1"), "1");
    }

    #[test]
    fn a_crash_leaves_no_shared_memory_behind() {
        let postgres = EphemeralPostgres::start();
        let id = postgres.shared_memory();
        assert!(is_in_use(&id));

        postgres.crash();

        assert!(!is_in_use(&id));
    }

    fn is_in_use(shared_memory: &str) -> bool {
        let segments = fs::read_to_string("/proc/sysvipc/shm").expect("Linux should list them");
        segments.lines().any(|line| line.split_whitespace().nth(1) == Some(shared_memory))
    }
}
