//! The real program as a child process.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use super::patience::poll;
use super::scratch::{Mortal, directories, new_directory};

const PROGRAM: &str = env!("CARGO_BIN_EXE_reelmark");
const ENDS_WITHIN: Duration = Duration::from_secs(30);

/// Waits for a line before it becomes the program, so that its process is registered by then.
const WAIT_THEN_RUN: &str = r#"read -r go && exec "$@""#;

/// A process that runs until it is told to stop, or until this is dropped.
pub struct Process {
    child: Mutex<Child>,
    output: PathBuf,
    /// Dropped last, when the process is gone for sure.
    _mortal: Mortal,
}

/// What came of a process that has ended.
pub struct Ended {
    pub succeeded: bool,
    pub stdout: String,
    pub stderr: String,
}

/// What every process has logged so far, services and commands alike, whether or not it still runs.
pub fn all_logs() -> Vec<String> {
    directories("output").iter().map(|output| read(&output.join("stderr"))).collect()
}

impl Process {
    /// Starts it, with `input` as its standard input.
    pub fn spawn(arguments: &[&str], environment: &[(String, String)], input: &str) -> Self {
        let output = new_directory("output");
        let file = |name| File::create(output.join(name)).expect("the directory should be ours");
        let mut command = Command::new("sh");
        command.args(["-c", WAIT_THEN_RUN, "sh", PROGRAM]).args(arguments);
        in_environment(&mut command, environment);
        let child = command
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(file("stdout"))
            .stderr(file("stderr"))
            .spawn();
        let mut child = child.expect("`sh` should be runnable");
        let mortal = Mortal::register(child.id());
        let mut stdin = child.stdin.take().expect("the input should be piped");
        write!(stdin, "go\n{input}").expect("`sh` should listen");
        Self { child: Mutex::new(child), output, _mortal: mortal }
    }

    /// What it has printed so far.
    pub fn stdout(&self) -> String {
        read(&self.output.join("stdout"))
    }

    /// What it has logged so far.
    pub fn log(&self) -> String {
        read(&self.output.join("stderr"))
    }

    /// Sends it a signal such as `TERM`.
    pub fn signal(&self, signal: &str) {
        let process = self.child.lock().unwrap().id().to_string();
        let status = Command::new("kill").args(["-s", signal, &process]).status();
        assert!(status.expect("`kill` should be runnable").success(), "it should still run");
    }

    /// SIGKILL, which it can't prepare for; waits until it is gone.
    pub fn kill(&self) {
        let mut child = self.child.lock().unwrap();
        child.kill().expect("it should be ours to kill");
        child.wait().expect("it should end");
    }

    /// How it has ended, if it has.
    pub fn status(&self) -> Option<ExitStatus> {
        self.child.lock().unwrap().try_wait().expect("it should be our child")
    }

    /// Waits for it to end by itself.
    pub fn wait(&self) -> Ended {
        self.wait_within(ENDS_WITHIN)
    }

    /// Waits for it to end by itself, longer than for most.
    pub fn wait_within(&self, patience: Duration) -> Ended {
        let status = poll(patience, || self.status());
        let (stdout, stderr) = (self.stdout(), self.log());
        let status = status.unwrap_or_else(|| panic!("it does not end:\n{stdout}\n{stderr}"));
        Ended { succeeded: status.success(), stdout, stderr }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.status().is_none() {
            self.kill();
        }
    }
}

/// Settings of the developer's own must not reach the program.
fn in_environment(command: &mut Command, environment: &[(String, String)]) {
    command.env_clear();
    for inherited in ["PATH", "TMPDIR", "LLVM_PROFILE_FILE"] {
        if let Some(value) = std::env::var_os(inherited) {
            command.env(inherited, value);
        }
    }
    command.envs(environment.iter().map(|(name, value)| (name, value)));
    command.current_dir(std::env::temp_dir());
}

fn read(file: &Path) -> String {
    let text = fs::read(file).expect("the output should be there");
    String::from_utf8_lossy(&text).into_owned()
}
