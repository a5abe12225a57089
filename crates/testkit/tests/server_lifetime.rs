//! However the process that owns a server ends, nothing of the server remains.
//!
//! The owner is this test binary again, told by an environment variable which part to play.
#![expect(clippy::expect_used, clippy::print_stderr, reason = "these are tests")]
#![expect(clippy::disallowed_methods, reason = "it is no setting of Reelmark's that is read here")]

use std::fs::{self, Permissions};
use std::io::{self, BufRead, BufReader};
use std::net::{Ipv4Addr, TcpStream};
use std::os::fd::AsRawFd;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{self, Child, ChildStderr, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, thread};

use reelmark_testkit::servers::{EphemeralPostgres, EphemeralRedis};
use tempfile::TempDir;

const PART: &str = "REELMARK_TEST_PART";
const TIME_TO_CLEAN_UP: Duration = Duration::from_secs(20);

#[test]
fn redis_goes_when_its_owner_is_killed() {
    let mut owner = Owner::play("redis");
    let port = owner.wait_for_port();
    owner.kill();
    owner.assert_nothing_remains(Some(port));
}

#[test]
fn postgres_goes_when_its_owner_is_killed() {
    let mut owner = Owner::play("postgres");
    let port = owner.wait_for_port();
    owner.kill();
    owner.assert_nothing_remains(Some(port));
}

#[test]
fn a_paused_postgres_goes_when_its_owner_is_killed() {
    let mut owner = Owner::play("paused postgres");
    let port = owner.wait_for_port();
    owner.kill();
    owner.assert_nothing_remains(Some(port));
}

#[test]
fn a_crashed_postgres_goes_when_its_owner_is_killed() {
    let mut owner = Owner::play("crashed postgres");
    let port = owner.wait_for_port();
    owner.kill();
    owner.assert_nothing_remains(Some(port));
}

#[test]
fn a_postgres_in_the_making_goes_when_its_owner_is_killed() {
    let mut owner = Owner::play("postgres");
    owner.wait_until("initdb is at work", contains_a_data_directory);
    owner.kill();
    owner.assert_nothing_remains(None);
}

#[test]
fn shared_servers_go_when_all_tests_have_run() {
    let mut owner = Owner::play("shared servers, then the end");
    let port = owner.wait_for_port();
    owner.assert_nothing_remains(Some(port));
}

#[test]
fn shared_servers_go_when_a_test_panics() {
    let mut owner = Owner::play("shared servers, then a panic");
    let port = owner.wait_for_port();
    owner.assert_nothing_remains(Some(port));
}

/// One that did would keep `cargo test | tee` from ending before the server has.
#[test]
fn no_process_of_a_server_holds_its_owners_output_open() {
    let mut owner = Owner::play("postgres");
    owner.wait_for_port();

    let processes = processes_in(owner.temporary.path());
    let output = owner.output_pipe();

    assert!(processes.len() > 2, "the server and its supervisor should be among {processes:?}");
    assert!(!processes.iter().any(|process| holds_open(process, &output)));
    owner.kill();
    owner.assert_nothing_remains(None);
}

/// Not a test, but what the tests above start.
#[test]
#[ignore = "needs to be told its part"]
fn owner() {
    match env::var(PART).as_deref() {
        Ok("redis") => {
            let redis = EphemeralRedis::start();
            report_and_wait(redis.port());
        }
        Ok("postgres") => {
            let postgres = EphemeralPostgres::start();
            report_and_wait(postgres.port());
        }
        Ok("paused postgres") => {
            let postgres = EphemeralPostgres::start();
            postgres.pause();
            report_and_wait(postgres.port());
        }
        Ok("crashed postgres") => {
            let postgres = EphemeralPostgres::start();
            postgres.crash();
            report_and_wait(postgres.port());
        }
        Ok("shared servers, then the end") => use_shared_servers(),
        Ok("shared servers, then a panic") => {
            use_shared_servers();
            panic!("as planned");
        }
        _ => {}
    }
}

fn use_shared_servers() {
    assert_eq!(EphemeralRedis::shared().command(&["PING"]), "PONG");
    report(EphemeralPostgres::shared().port());
}

fn report_and_wait(port: u16) -> ! {
    report(port);
    // The test that has started us holds the other end. Should it be killed, we go as well.
    io::copy(&mut io::stdin(), &mut io::sink()).expect("the input should be readable");
    process::exit(0);
}

fn report(port: u16) {
    eprintln!("port {port}");
}

/// Another process that owns a server, and the temporary directory it has been given.
struct Owner {
    process: Child,
    output: BufReader<ChildStderr>,
    temporary: TempDir,
}

impl Owner {
    fn play(part: &str) -> Self {
        let temporary = TempDir::new().expect("there should be room for a directory");
        // As open as /tmp is, for Postgres may run under another account.
        fs::set_permissions(temporary.path(), Permissions::from_mode(0o1777))
            .expect("the directory should be ours");
        let this_program = env::current_exe().expect("this program should have a path");
        let mut process = Command::new(this_program)
            .args(["--exact", "owner", "--ignored", "--nocapture"])
            .env(PART, part)
            .env("TMPDIR", temporary.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("this program should be runnable");
        let output = process.stderr.take().expect("the output should be piped");
        Self { process, output: BufReader::new(output), temporary }
    }

    fn wait_for_port(&mut self) -> u16 {
        let mut seen = String::new();
        while self.output.read_line(&mut seen).expect("the owner should print text") > 0 {
            if let Some(port) = seen.lines().find_map(|line| line.strip_prefix("port ")) {
                return port.parse().expect("a port should be a number");
            }
        }
        panic!("the owner did not get as far as to name its port:\n{seen}");
    }

    fn wait_until(&self, what: &str, condition: impl Fn(&Path) -> bool) {
        let deadline = Instant::now() + TIME_TO_CLEAN_UP;
        while !condition(self.temporary.path()) {
            assert!(Instant::now() < deadline, "not true in time: {what}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// SIGKILL, which no process can prepare for.
    fn kill(&mut self) {
        self.process.kill().expect("the owner should still run");
    }

    /// The pipe our end of which reads what the owner prints.
    fn output_pipe(&self) -> PathBuf {
        let file = self.output.get_ref().as_raw_fd();
        fs::read_link(format!("/proc/self/fd/{file}")).expect("a pipe should have a name")
    }

    fn assert_nothing_remains(mut self, port: Option<u16>) {
        self.process.wait().expect("the owner should end");
        self.wait_until("its port is closed", |_| port.is_none_or(is_closed));
        self.wait_until("its directory is deleted", is_empty);
        self.wait_until("its processes are gone", |directory| processes_in(directory).is_empty());
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn is_closed(port: u16) -> bool {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err()
}

fn is_empty(directory: &Path) -> bool {
    fs::read_dir(directory).expect("the directory should be readable").next().is_none()
}

fn contains_a_data_directory(directory: &Path) -> bool {
    let mut entries = fs::read_dir(directory).expect("the directory should be readable");
    entries.any(|entry| entry.is_ok_and(|entry| entry.path().join("data/base").exists()))
}

/// The processes that work in the directory, as every part of a server does in its own, as
/// directories of `/proc`.
fn processes_in(directory: &Path) -> Vec<PathBuf> {
    let everything = fs::read_dir("/proc").expect("there should be a /proc");
    let processes = everything.filter_map(|entry| Some(entry.ok()?.path()));
    let works_there = |process: &PathBuf| {
        fs::read_link(process.join("cwd")).is_ok_and(|place| place.starts_with(directory))
    };
    processes.filter(works_there).collect()
}

fn holds_open(process: &Path, file: &Path) -> bool {
    let mut open_files = fs::read_dir(process.join("fd")).into_iter().flatten();
    open_files
        .any(|open| open.is_ok_and(|open| fs::read_link(open.path()).is_ok_and(|it| it == file)))
}
