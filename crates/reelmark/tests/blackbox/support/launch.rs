//! How a service is started.

use std::path::PathBuf;

use super::TestApp;
use super::process::{Ended, Process};
use super::scratch::new_directory;

/// The secret of the full stack, known here so that tokens can be forged.
pub const JWT_SECRET: &str = "0123456789-black-box-0123456789-secret";

/// The one origin whose pages may call the API.
pub const ORIGIN: &str = "https://movies.example.org";

/// The settings of a service that can be started, again and again on the same data.
#[derive(Clone)]
pub struct Launch {
    environment: Vec<(String, String)>,
    data_dir: PathBuf,
}

impl Launch {
    /// The service as a newcomer starts it, with data of its own.
    pub fn embedded() -> Self {
        let data_dir = new_directory("data");
        let bare = Self { environment: Vec::new(), data_dir: data_dir.clone() };
        bare.with("DATA_DIR", data_dir.to_str().expect("paths should be UTF-8"))
            .with("BIND_ADDRESS", "127.0.0.1:0")
            .with("BCRYPT_COST", "10")
            .with("DRAIN_SECONDS", "0")
            .with("CORS_ORIGINS", ORIGIN)
            // Scenarios that share a service sign up hundreds of people from one address.
            .with("RATE_LIMITS", "off")
    }

    /// The service on these servers.
    pub fn full(database_url: &str, redis_url: &str) -> Self {
        Self::embedded()
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

    pub fn data_dir(&self) -> &PathBuf {
        &self.data_dir
    }

    /// Starts the service and waits until it is ready.
    pub fn start(&self) -> TestApp {
        TestApp::wait_for(self.clone(), self.spawn())
    }

    /// Starts the service by another command and waits until it is ready.
    pub fn start_with(&self, command: &[&str]) -> TestApp {
        TestApp::wait_for(self.clone(), Process::spawn(command, &self.environment, ""))
    }

    /// Starts the service without waiting for it.
    pub fn spawn(&self) -> Process {
        Process::spawn(&["serve"], &self.environment, "")
    }

    /// Runs another command of the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with_input(arguments, "")
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Ended {
        Process::spawn(arguments, &self.environment, input).wait()
    }
}
