use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use std::{env, process};

use super::account::Account;
use super::patience::{comes_true, poll};
use super::process_tree::{children_of, is_dead, is_stopped};
use super::programs::forget_postgres_environment;

const SUPERVISE: &str = include_str!("supervise.sh");
/// RabbitMQ needs five seconds on an idle machine and twenty on a busy one.
const READY_WITHIN: Duration = Duration::from_secs(90);
const SIGNAL_ACTS_WITHIN: Duration = Duration::from_secs(10);
/// How servers put it, Erlang last.
const PORT_TAKEN: [&str; 2] = ["Address already in use", "eaddrinuse"];
const LINES_OF_LOG_SHOWN: usize = 40;

/// A directory and the server in it, both in the care of a shell that outlives this process by as
/// long as it takes to stop the one and delete the other. `supervise.sh` says how.
pub(super) struct Supervised {
    directory: PathBuf,
    farewell: Signal,
    shell: Mutex<Shell>,
}

struct Shell {
    process: Child,
    answers: BufReader<ChildStdout>,
}

/// What the shell says to an order.
struct Answer {
    succeeded: bool,
    server: Option<u32>,
}

/// How an attempt to bring up a server ended. Every other end is a panic.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Launch {
    Ready,
    PortTaken,
}

#[derive(Clone, Copy)]
pub(super) enum Signal {
    Continue,
    Kill,
    Quit,
    Stop,
}

impl Signal {
    fn name(self) -> &'static str {
        match self {
            Self::Continue => "CONT",
            Self::Kill => "KILL",
            Self::Quit => "QUIT",
            Self::Stop => "STOP",
        }
    }
}

impl Supervised {
    /// Makes a new directory under the temporary one. Whatever will run in it runs under `account`,
    /// and is ended with `farewell`.
    pub(super) fn in_new_directory(kind: &str, account: Option<Account>, farewell: Signal) -> Self {
        let unique = RandomState::new().hash_one(());
        let name = format!("reelmark-{kind}-{}-{unique:016x}", process::id());
        let directory = env::temp_dir().join(name);
        let shell = Mutex::new(Shell::spawn(&directory, account, farewell));
        let supervised = Self { directory, farewell, shell };
        supervised.order("true");
        supervised
    }

    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }

    /// Runs a command to its end.
    pub(super) fn run(&self, command: &[&str]) {
        let succeeded = self.order(&quoted(command)).succeeded;
        assert!(succeeded, "{command:?} failed:\n{}", self.log_tail());
    }

    /// Starts the server and waits until it logs `ready`. A connection would prove less, since
    /// another server might have been quicker to take the port.
    pub(super) fn launch(&self, command: &[&str], ready: &str) -> Launch {
        let logged_before = self.log().len();
        self.order(&format!("launch {}", quoted(command)));
        poll(READY_WITHIN, || self.outcome_of_launch(logged_before, ready)).unwrap_or_else(|| {
            panic!("{command:?} is not ready after {READY_WITHIN:?}:\n{}", self.log_tail())
        })
    }

    fn outcome_of_launch(&self, logged_before: usize, ready: &str) -> Option<Launch> {
        // Asked before the log is read, so that the last words of a server that ends are heard.
        let running = self.is_running();
        let log = self.log();
        let news = String::from_utf8_lossy(&log[logged_before..]);
        if running {
            return news.contains(ready).then_some(Launch::Ready);
        }
        let port_taken = PORT_TAKEN.iter().any(|complaint| news.contains(complaint));
        assert!(port_taken, "the server ended at once:\n{}", self.log_tail());
        Some(Launch::PortTaken)
    }

    /// Ends the server, if it runs, and waits until it is gone.
    pub(super) fn stop(&self) {
        self.stop_with(self.farewell);
    }

    /// Halts the server and its children: connections stay open, and nothing is answered.
    pub(super) fn pause(&self) {
        let server = self.server();
        // The parent first: once it is halted it can't have any more children.
        self.halt(&[server]);
        self.halt(&children_of(server));
    }

    /// Ends a pause.
    pub(super) fn resume(&self) {
        let server = self.server();
        let mut family = children_of(server);
        family.push(server);
        self.signal(Signal::Continue, &family);
    }

    /// Kills the server and its children without a warning, and waits until they are gone.
    pub(super) fn crash(&self) {
        let server = self.server();
        self.halt(&[server]);
        let children = children_of(server);
        self.signal(Signal::Kill, &children);
        self.stop_with(Signal::Kill);
        let gone = comes_true(SIGNAL_ACTS_WITHIN, || children.iter().all(|&child| is_dead(child)));
        assert!(gone, "a child of the killed server still runs:\n{}", self.log_tail());
    }

    fn halt(&self, processes: &[u32]) {
        self.signal(Signal::Stop, processes);
        let halted = || processes.iter().all(|&process| is_stopped(process));
        assert!(comes_true(SIGNAL_ACTS_WITHIN, halted), "the processes {processes:?} do not halt");
    }

    /// A process that has ended by itself is no failure.
    fn signal(&self, signal: Signal, processes: &[u32]) {
        for process in processes {
            self.order(&format!("kill -s {} {process}", signal.name()));
        }
    }

    fn stop_with(&self, signal: Signal) {
        self.order(&format!("stop {}", signal.name()));
    }

    fn is_running(&self) -> bool {
        self.order("running").succeeded
    }

    fn server(&self) -> u32 {
        let answer = self.order("running");
        assert!(answer.succeeded, "the server does not run:\n{}", self.log_tail());
        answer.server.expect("the shell should name the server that runs")
    }

    fn order(&self, order: &str) -> Answer {
        let mut shell = self.shell.lock().expect("an earlier order to the shell should not panic");
        let directory = self.directory.display();
        let line = shell
            .order(order)
            .unwrap_or_else(|error| panic!("the shell in charge of {directory} is gone: {error}"));
        Answer::parse(&line)
            .unwrap_or_else(|| panic!("the shell in charge of {directory} gave up: {line}"))
    }

    fn log(&self) -> Vec<u8> {
        fs::read(self.directory.join("server.log")).unwrap_or_default()
    }

    fn log_tail(&self) -> String {
        let log = self.log();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(LINES_OF_LOG_SHOWN)..].join("\n")
    }
}

impl Drop for Supervised {
    fn drop(&mut self) {
        let shell = self.shell.get_mut().unwrap_or_else(PoisonError::into_inner);
        // Waiting closes the shell's standard input first, which is its signal to clean up.
        drop(shell.process.wait());
    }
}

impl Shell {
    fn spawn(directory: &Path, account: Option<Account>, farewell: Signal) -> Self {
        let mut command = Command::new("sh");
        command
            .args(["-c", SUPERVISE, "supervise"])
            .arg(directory)
            .arg(farewell.name())
            .current_dir("/")
            // The port being taken is recognised by its English message.
            .env("LC_ALL", "C")
            // A process group of its own, so that Ctrl-C reaches the tests but not their servers.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        forget_postgres_environment(&mut command);
        if let Some(Account { user, group }) = account {
            command.uid(user).gid(group);
        }
        let mut process = command.spawn().expect("`sh` should be runnable");
        let answers = process.stdout.take().expect("the shell's output should be piped");
        Self { process, answers: BufReader::new(answers) }
    }

    fn order(&mut self, order: &str) -> io::Result<String> {
        let orders = self.process.stdin.as_mut().expect("the shell's input should be piped");
        // An error here is told apart by the answer: a shell that gave up has said why.
        let sent = writeln!(orders, "{order}");
        let mut answer = String::new();
        match self.answers.read_line(&mut answer)? {
            0 => sent.and(Err(io::ErrorKind::UnexpectedEof.into())),
            _ => Ok(answer),
        }
    }
}

impl Answer {
    fn parse(line: &str) -> Option<Self> {
        let (status, server) = line.trim_end_matches('\n').split_once(' ')?;
        let status: u8 = status.parse().ok()?;
        Some(Self { succeeded: status == 0, server: server.parse().ok() })
    }
}

/// The command as a line of shell.
fn quoted(command: &[&str]) -> String {
    let words: Vec<String> =
        command.iter().map(|word| format!("'{}'", word.replace('\'', r"'\''"))).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn supervised() -> Supervised {
        Supervised::in_new_directory("test", None, Signal::Kill)
    }

    #[test]
    fn a_server_is_ready_once_it_says_so() {
        let server = supervised();
        let command = ["sh", "-c", "sleep 0.2; echo 'come in'; exec sleep 600"];

        assert_eq!(server.launch(&command, "come in"), Launch::Ready);

        assert_eq!(server.log(), b"come in\n");
    }

    #[test]
    #[should_panic(expected = "no disk, no fun")]
    fn a_server_that_ends_at_once_is_reported_with_its_log() {
        let command = ["sh", "-c", "echo 'no disk, no fun'; exit 1"];

        supervised().launch(&command, "come in");
    }

    #[test]
    fn tells_a_taken_port_from_other_failures() {
        let command = ["sh", "-c", "echo 'bind: Address already in use'; exit 1"];

        assert_eq!(supervised().launch(&command, "come in"), Launch::PortTaken);
    }

    #[test]
    #[should_panic(expected = "ended at once")]
    fn what_was_logged_before_a_launch_does_not_count() {
        let server = supervised();
        server.run(&["echo", "come in, Address already in use"]);

        server.launch(&["false"], "come in");
    }

    #[test]
    #[should_panic(expected = "No such file or directory")]
    fn a_failed_command_is_reported_with_its_log() {
        supervised().run(&["ls", "/no/such/file"]);
    }

    #[test]
    fn a_directory_that_exists_already_is_refused() {
        let taken = supervised();

        let mut shell = Shell::spawn(taken.directory(), None, Signal::Kill);
        let answer = shell.order("true").expect("the shell should give its reason");

        assert!(answer.contains("File exists"), "{answer}");
        assert!(taken.directory().is_dir());
    }

    #[test]
    fn the_shell_survives_what_ends_its_process_group() {
        let server = supervised();

        for signal in ["HUP", "INT", "QUIT", "TERM"] {
            server.run(&["kill", "-s", signal, "0"]);
        }

        assert!(server.order("true").succeeded);
    }

    #[test]
    fn words_reach_a_command_as_they_are() {
        let server = supervised();

        server.run(&["printf", "%s", r#"it's $HOME; "*" \n"#]);

        assert_eq!(server.log(), br#"it's $HOME; "*" \n"#);
    }

    #[test]
    fn dropping_it_stops_the_server_and_deletes_the_directory() {
        let server = supervised();
        server.launch(&["sh", "-c", "echo 'come in'; exec sleep 600"], "come in");
        let process = server.server();
        let directory = server.directory().to_owned();
        assert!(!is_dead(process) && directory.is_dir());

        drop(server);

        assert!(is_dead(process) && !directory.exists());
    }
}
