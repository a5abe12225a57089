//! How a service is started.

use std::path::PathBuf;

use super::process::{Ended, Process};
use super::scratch::new_directory;
use super::{TestApp, unique_name, wait_for};

/// The secret of the full stack, known here so that tokens can be forged.
pub const JWT_SECRET: &str = "0123456789-black-box-0123456789-secret";

/// The one origin whose pages may call the API.
pub const ORIGIN: &str = "https://movies.example.org";

/// Who works behind the scenes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Workers {
    /// The process that serves.
    Inside,
    /// A process of its own.
    Apart,
    Nobody,
}

/// The settings of a service that can be started, again and again on the same data.
#[derive(Clone)]
pub struct Launch {
    environment: Vec<(String, String)>,
    data_dir: PathBuf,
    workers: Workers,
}

impl Launch {
    /// The service as a newcomer starts it, with data of its own.
    pub fn embedded() -> Self {
        let data_dir = new_directory("data");
        let environment = Vec::new();
        let bare = Self { environment, data_dir: data_dir.clone(), workers: Workers::Inside };
        bare.with("DATA_DIR", data_dir.to_str().expect("paths should be UTF-8"))
            .with("BIND_ADDRESS", "127.0.0.1:0")
            .with("BCRYPT_COST", "10")
            .with("DRAIN_SECONDS", "0")
            .with("CORS_ORIGINS", ORIGIN)
            // What is logged is searched for secrets, so as much as possible is.
            .with("RUST_LOG", "info,actix_server=warn,tracing=warn,reelmark=debug")
            // Scenarios that share a service sign up hundreds of people from one address.
            .with("RATE_LIMITS", "off")
    }

    /// The service on these servers, with queues of its own and a worker beside it.
    pub fn full(database_url: &str, redis_url: &str, amqp_url: &str) -> Self {
        Self { workers: Workers::Apart, ..Self::embedded() }
            .with("AMQP_URL", amqp_url)
            .with("AMQP_PREFIX", &unique_name("test"))
            .with("DATABASE_URL", database_url)
            .with("REDIS_URL", redis_url)
            .with("JWT_SECRET", JWT_SECRET)
            // Replicas that start at once share a server with a limited number of connections.
            .with("DATABASE_CONNECTIONS", "8")
    }

    /// The same with another value for one setting.
    pub fn with(mut self, setting: &str, value: &str) -> Self {
        self.environment.retain(|(name, _)| name != setting);
        self.environment.push((setting.to_owned(), value.to_owned()));
        self
    }

    /// The same without one setting.
    pub fn without(mut self, setting: &str) -> Self {
        self.environment.retain(|(name, _)| name != setting);
        self
    }

    /// The same without anybody who works behind the scenes.
    pub fn without_worker(self) -> Self {
        Self { workers: Workers::Nobody, ..self }
    }

    /// The value of a setting that is set.
    pub fn setting(&self, name: &str) -> &str {
        let setting = self.environment.iter().find(|(setting, _)| setting == name);
        &setting.expect("it should be set").1
    }

    /// Whether the process that serves works behind the scenes too.
    pub fn has_worker_inside(&self) -> bool {
        self.workers == Workers::Inside
    }

    pub fn data_dir(&self) -> &PathBuf {
        &self.data_dir
    }

    /// Starts the service and waits until it is ready.
    pub fn start(&self) -> TestApp {
        TestApp::wait_for(self.clone(), self.spawn())
    }

    /// Starts what serves, without waiting for it.
    pub fn spawn(&self) -> Process {
        let command: &[&str] = match self.workers {
            Workers::Inside => &["serve"],
            Workers::Apart | Workers::Nobody => &["serve", "--no-worker"],
        };
        Process::spawn(command, &self.environment, "")
    }

    /// Starts a worker, and waits until it runs.
    pub fn start_worker(&self) -> Process {
        let worker = Process::spawn(&["worker"], &self.environment, "");
        wait_for("the worker to run", || {
            let ended = worker.status();
            assert!(ended.is_none(), "it did not start: {}{}", worker.stdout(), worker.log());
            worker.stdout().contains("The worker is running").then_some(())
        });
        worker
    }

    /// The worker that belongs to the service, if it is a process of its own.
    pub fn start_own_worker(&self) -> Option<Process> {
        (self.workers == Workers::Apart).then(|| self.start_worker())
    }

    /// Starts another command of the program.
    pub fn start_command(&self, arguments: &[&str]) -> Process {
        Process::spawn(arguments, &self.environment, "")
    }

    /// Runs another command of the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with_input(arguments, "")
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Ended {
        Process::spawn(arguments, &self.environment, input).wait()
    }
}
