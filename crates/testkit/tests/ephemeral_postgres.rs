#![expect(clippy::expect_used, reason = "these are tests")]

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use reelmark_testkit::servers::EphemeralPostgres;

const TIME_TO_ANSWER: Duration = Duration::from_secs(10);
const TIME_TO_BE_SURE_OF_SILENCE: Duration = Duration::from_millis(300);

#[test]
fn answers_a_query() {
    let postgres = EphemeralPostgres::shared();
    let url = postgres.create_database();

    assert_eq!(postgres.query(&url, "SELECT 1, 'Up'"), "1|Up");
}

#[test]
fn two_databases_know_nothing_of_each_other() {
    let postgres = EphemeralPostgres::shared();
    let (one, other) = (postgres.create_database(), postgres.create_database());

    postgres.query(&one, "CREATE TABLE movies (id bigint)");

    assert_eq!(postgres.query(&one, "SELECT to_regclass('movies') IS NULL"), "f");
    assert_eq!(postgres.query(&other, "SELECT to_regclass('movies') IS NULL"), "t");
}

#[test]
fn databases_made_at_the_same_time_are_different_ones() {
    let postgres = EphemeralPostgres::shared();

    let urls: HashSet<String> = thread::scope(|scope| {
        let makers: Vec<_> = (0..8).map(|_| scope.spawn(|| postgres.create_database())).collect();
        makers.into_iter().map(|maker| maker.join().expect("it should be made")).collect()
    });

    assert_eq!(urls.len(), 8);
}

#[test]
fn knows_letters_beyond_ascii_and_sorts_by_code_point() {
    let postgres = EphemeralPostgres::shared();
    let url = postgres.create_database();

    assert_eq!(postgres.query(&url, "SHOW server_encoding"), "UTF8");
    assert_eq!(postgres.query(&url, "SELECT lower('AMÉLIE')"), "amélie");
    assert_eq!(postgres.query(&url, "SELECT 'Z' < 'a', 'z' < 'é'"), "t|t");
}

#[test]
fn waits_for_the_disk_only_when_asked_to() {
    let (fast, durable) = (EphemeralPostgres::start(), EphemeralPostgres::start_durable());

    assert_eq!(durability(&fast), ["off", "off", "on"]);
    assert_eq!(durability(&durable), ["on", "on", "on"]);
}

#[test]
fn a_running_session_gets_no_answer_while_paused() {
    let postgres = EphemeralPostgres::start();
    let mut session = Session::open(&postgres);
    postgres.pause();

    session.send("SELECT 'at last'");
    let silence = session.answers.recv_timeout(TIME_TO_BE_SURE_OF_SILENCE);
    postgres.resume();
    let answer = session.answers.recv_timeout(TIME_TO_ANSWER);

    assert_eq!(silence, Err(RecvTimeoutError::Timeout));
    assert_eq!(answer.as_deref(), Ok("at last"));
}

#[test]
fn a_crash_cuts_sessions_and_closes_the_port() {
    let postgres = EphemeralPostgres::start();
    let mut session = Session::open(&postgres);

    postgres.crash();

    session.send("SELECT 'too late'");
    let answer = session.answers.recv_timeout(TIME_TO_ANSWER);
    assert_eq!(answer, Err(RecvTimeoutError::Disconnected));
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, postgres.port())).is_err());
}

#[test]
fn comes_back_on_the_same_port_with_what_was_committed_before_a_crash() {
    let postgres = EphemeralPostgres::start();
    let url = postgres.create_database();
    postgres.query(&url, "CREATE TABLE movies AS SELECT 'Up' AS title");
    let _session = Session::open(&postgres);
    postgres.crash();

    postgres.restart();

    assert_eq!(postgres.query(&url, "SELECT title FROM movies"), "Up");
    assert_ne!(postgres.create_database(), url);
}

#[test]
fn can_be_restarted_while_it_runs_or_is_paused() {
    let postgres = EphemeralPostgres::start();
    let url = postgres.create_database();

    postgres.restart();
    let _session = Session::open(&postgres);
    postgres.pause();
    postgres.restart();

    assert_eq!(postgres.query(&url, "SELECT 1"), "1");
}

fn durability(postgres: &EphemeralPostgres) -> [String; 3] {
    let url = postgres.url("postgres");
    ["fsync", "full_page_writes", "synchronous_commit"]
        .map(|setting| postgres.query(&url, &format!("SHOW {setting}")))
}

/// A connection that stays open, unlike that of a single query.
struct Session {
    process: Child,
    statements: ChildStdin,
    answers: Receiver<String>,
}

impl Session {
    fn open(postgres: &EphemeralPostgres) -> Self {
        let mut psql = postgres.psql(&postgres.url("postgres"));
        psql.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = psql.spawn().expect("psql should be runnable");
        let statements = process.stdin.take().expect("the input should be piped");
        let output = process.stdout.take().expect("the output should be piped");
        let (sender, answers) = mpsc::channel();
        thread::spawn(move || {
            BufReader::new(output)
                .lines()
                .map_while(Result::ok)
                .try_for_each(|line| sender.send(line))
        });
        let mut session = Self { process, statements, answers };
        session.send("SELECT 'hello'");
        assert_eq!(session.answers.recv_timeout(TIME_TO_ANSWER).as_deref(), Ok("hello"));
        session
    }

    fn send(&mut self, statement: &str) {
        writeln!(self.statements, "{statement};").expect("psql should still listen");
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
