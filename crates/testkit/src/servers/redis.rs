use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use super::free_port;
use super::programs;
use super::supervised::{Launch, Signal, Supervised};

const PACKAGE: &str = "redis-server";

/// A Redis server of one's own, which keeps nothing on disk.
///
/// Every method panics, with the end of the server's log, when the server does not do as it is told.
pub struct EphemeralRedis {
    server: Supervised,
    program: PathBuf,
    client: PathBuf,
    port: u16,
}

impl EphemeralRedis {
    /// Starts a server.
    #[must_use]
    pub fn start() -> Self {
        Self::start_on(free_port::candidates())
    }

    /// The server that all tests of one test binary share. They run side by side, so each must keep
    /// to keys of its own; a test that flushes, pauses or crashes needs a server for itself.
    #[must_use]
    pub fn shared() -> &'static Self {
        static SHARED: LazyLock<EphemeralRedis> = LazyLock::new(EphemeralRedis::start);
        &SHARED
    }

    fn start_on(ports: impl IntoIterator<Item = u16>) -> Self {
        let program = programs::on_the_path("redis-server", PACKAGE);
        let client = programs::on_the_path("redis-cli", PACKAGE);
        let server = Supervised::in_new_directory("redis", None, Signal::Kill);
        let mut redis = Self { server, program, client, port: 0 };
        redis.port = free_port::first_to_launch_on(ports, |port| redis.launch(port));
        redis
    }

    fn launch(&self, port: u16) -> Launch {
        let program = self.program.to_str().expect("paths should be UTF-8");
        let directory = self.directory().to_str().expect("paths should be UTF-8");
        let port = port.to_string();
        let place = ["--bind", "127.0.0.1", "--port", &port, "--dir", directory];
        let contents = ["--save", "", "--appendonly", "no", "--databases", "64"];
        let command = [&[program], &place[..], &contents[..]].concat();
        self.server.launch(&command, "Ready to accept connections")
    }

    /// The URL of the server.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    /// Sends one command through `redis-cli` and returns the answer, an error answer too.
    pub fn command(&self, arguments: &[&str]) -> String {
        programs::output_of(&mut self.client(arguments))
    }

    /// Deletes everything in it.
    pub fn flush(&self) {
        assert_eq!(self.command(&["FLUSHALL"]), "OK");
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

    /// Kills the server with SIGKILL, and with it all it held.
    pub fn crash(&self) {
        self.server.crash();
    }

    /// Starts the server again, empty, on the same port, ending it first if it still runs.
    pub fn restart(&self) {
        self.server.stop();
        let launch = self.launch(self.port);
        assert_eq!(launch, Launch::Ready, "another process took the port while it was free");
    }

    fn client(&self, arguments: &[&str]) -> Command {
        let mut client = Command::new(&self.client);
        client.args(["-h", "127.0.0.1", "-p", &self.port.to_string()]).args(arguments);
        client.env_remove("REDISCLI_AUTH");
        client
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_to_another_port_when_it_is_too_late_for_the_first() {
        let winner = EphemeralRedis::start();

        let ports = [winner.port()].into_iter().chain(free_port::candidates());
        let redis = EphemeralRedis::start_on(ports);

        assert_ne!(redis.port(), winner.port());
        assert_eq!(redis.command(&["PING"]), "PONG");
    }
}
