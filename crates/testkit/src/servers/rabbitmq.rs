use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::sync::LazyLock;

use super::free_port;
use super::programs;
use super::supervised::{Launch, Signal, Supervised};

const READY: &str = "Server startup complete";

/// One scheduler that sleeps when there is nothing to do. The node is named, as queues on disk
/// must be, but finds itself without Erlang's port mapper, a daemon that would outlive the tests.
const ERLANG: &str = "+S 1:1 +sbwt none +sbwtdcpu none +sbwtdio none \
    -kernel inet_dist_use_interface {127,0,0,1} -sname rabbit@localhost";

/// Names are looked up here, not by a helper process.
const NAMES: &str = "{lookup, [file]}.\n{host, {127,0,0,1}, [\"localhost\"]}.\n";

/// A RabbitMQ broker of one's own, without plugins, that keeps its queues on disk.
///
/// Every method panics, with the end of the broker's log, when the broker does not do as it is told.
pub struct EphemeralRabbitMq {
    server: Supervised,
    program: String,
    port: u16,
}

impl EphemeralRabbitMq {
    /// Starts a broker. It takes some seconds.
    #[must_use]
    pub fn start() -> Self {
        Self::start_on(free_port::candidates())
    }

    /// The broker that all tests of one test binary share. They run side by side, so each must keep
    /// to queues of its own; a test that pauses or crashes needs a broker for itself.
    #[must_use]
    pub fn shared() -> &'static Self {
        static SHARED: LazyLock<EphemeralRabbitMq> = LazyLock::new(EphemeralRabbitMq::start);
        &SHARED
    }

    fn start_on(ports: impl IntoIterator<Item = u16>) -> Self {
        let program = programs::rabbitmq_server();
        let program = program.to_str().expect("paths should be UTF-8").to_owned();
        let server = Supervised::in_new_directory("rabbitmq", None, Signal::Kill);
        write(server.directory(), "names", NAMES);
        let mut broker = Self { server, program, port: 0 };
        broker.port = free_port::first_to_launch_on(ports, |port| broker.launch(port));
        broker
    }

    fn launch(&self, port: u16) -> Launch {
        write(self.directory(), "rabbitmq.conf", &settings(port));
        let node_port = free_port::candidates().next().expect("a port should be free");
        let mut command = vec!["env".to_owned(), "-i".into()];
        command.extend(self.environment(node_port));
        command.extend([self.program.clone(), "-noinput".into()]);
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        self.server.launch(&command, READY)
    }

    /// Nothing of the machine's own broker, nor of the developer's, must have a say.
    fn environment(&self, node_port: u16) -> impl Iterator<Item = String> {
        let home = self.directory().to_str().expect("paths should be UTF-8").to_owned();
        let path = std::env::var_os("PATH").and_then(|path| path.into_string().ok());
        let cookie = RandomState::new().hash_one(());
        [
            ("PATH", path.unwrap_or_default()),
            ("HOME", home.clone()),
            ("ERL_INETRC", format!("{home}/names")),
            ("ERL_CRASH_DUMP", "/dev/null".into()),
            // The broker would start the port mapper by itself after a minute.
            ("ERL_FLAGS", "-start_epmd false".into()),
            // Keeps the script from staying in between: the process we start is the broker.
            ("RABBITMQ_ALLOW_INPUT", "true".into()),
            ("RABBITMQ_CONFIG_FILE", format!("{home}/rabbitmq.conf")),
            ("RABBITMQ_CONF_ENV_FILE", "/dev/null".into()),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", format!("{home}/plugins")),
            ("RABBITMQ_LOGS", "-".into()),
            ("RABBITMQ_LOG_BASE", format!("{home}/log")),
            ("RABBITMQ_MNESIA_BASE", format!("{home}/data")),
            ("RABBITMQ_NODENAME", "rabbit@localhost".into()),
            (
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                format!("{ERLANG} -erl_epmd_port {node_port} -setcookie {cookie:016x}"),
            ),
        ]
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
    }

    /// The URL of the broker.
    #[must_use]
    pub fn url(&self) -> String {
        format!("amqp://guest:guest@127.0.0.1:{}/%2f", self.port)
    }

    /// The port of 127.0.0.1 the broker listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The directory that holds the broker's files, its `server.log` among them.
    #[must_use]
    pub fn directory(&self) -> &Path {
        self.server.directory()
    }

    /// Makes the broker hang: connections open, even new ones, but nothing is answered.
    pub fn pause(&self) {
        self.server.pause();
    }

    /// Ends a [`pause`](Self::pause).
    pub fn resume(&self) {
        self.server.resume();
    }

    /// Kills the broker with SIGKILL. Its files stay as they are.
    pub fn crash(&self) {
        self.server.crash();
    }

    /// Starts the broker again, on the same port and files, ending it first if it still runs.
    pub fn restart(&self) {
        self.server.stop();
        let launch = self.launch(self.port);
        assert_eq!(launch, Launch::Ready, "another process took the port while it was free");
    }
}

fn settings(port: u16) -> String {
    format!(
        "listeners.tcp.1 = 127.0.0.1:{port}\n\
         vm_memory_high_watermark.absolute = 512MiB\n\
         disk_free_limit.absolute = 10MB\n\
         raft.wal_max_size_bytes = 16777216\n"
    )
}

fn write(directory: &Path, file: &str, text: &str) {
    fs::write(directory.join(file), text).expect("the directory should be ours");
}
