//! However the process that owns a server ends, nothing of the server remains.
//!
//! The owner is this test binary again, told by an environment variable which part to play.
#![expect(clippy::expect_used, clippy::print_stderr, reason = "these are tests")]
#![expect(
    clippy::disallowed_methods,
    reason = "it is no setting of Reelmark's that is read here"
)]

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Read};
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::mpsc;
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
    owner.wait_until("initdb is at work", |directory| {
        contains_a_data_directory(directory)
    });
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
    loop {
        thread::park();
    }
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
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("this program should be runnable");
        let output = process.stderr.take().expect("the output should be piped");
        Self {
            process,
            output: BufReader::new(output),
            temporary,
        }
    }

    fn wait_for_port(&mut self) -> u16 {
        let mut seen = String::new();
        while self
            .output
            .read_line(&mut seen)
            .expect("the owner should print text")
            > 0
        {
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

    fn assert_nothing_remains(mut self, port: Option<u16>) {
        self.process.wait().expect("the owner should end");
        self.wait_until("its port is closed", |_| port.is_none_or(is_closed));
        self.wait_until("its directory is deleted", is_empty);
        self.wait_until("its processes are gone", |directory| !is_in_use(directory));
        self.assert_output_is_closed();
    }

    /// A server that kept its owner's output open would keep `cargo test | tee` from ending.
    fn assert_output_is_closed(self) {
        let (sender, receiver) = mpsc::channel();
        let mut output = self.output;
        thread::spawn(move || sender.send(output.read_to_end(&mut Vec::new()).is_ok()));
        assert_eq!(
            receiver.recv_timeout(TIME_TO_CLEAN_UP),
            Ok(true),
            "its output is still open"
        );
    }
}

fn is_closed(port: u16) -> bool {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err()
}

fn is_empty(directory: &Path) -> bool {
    fs::read_dir(directory)
        .expect("the directory should be readable")
        .next()
        .is_none()
}

fn contains_a_data_directory(directory: &Path) -> bool {
    let mut entries = fs::read_dir(directory).expect("the directory should be readable");
    entries.any(|entry| entry.is_ok_and(|entry| entry.path().join("data/base").exists()))
}

/// Whether a process works in the directory, as every part of the servers does in its own.
fn is_in_use(directory: &Path) -> bool {
    let processes = fs::read_dir("/proc").expect("there should be a /proc");
    processes
        .filter_map(|entry| fs::read_link(entry.ok()?.path().join("cwd")).ok())
        .any(|working_directory| working_directory.starts_with(directory))
}
