use std::fs::File;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::http;

const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE_BETWEEN_LOOKS: Duration = Duration::from_millis(1);

/// How both programs say where they listen.
const ANNOUNCEMENT: &str = "listening on http://";
const OF_OPERATIONS: &str = "metrics are at http://";

/// A program that answers HTTP, until this is dropped.
pub struct Served {
    child: Child,
    pub address: SocketAddr,
    /// Where the service answers for its health alone; a reference has no such address.
    pub operations: Option<SocketAddr>,
    /// How long it took from its start until it was ready.
    pub ready_after: Duration,
}

/// The settings under which load is measured: nobody is turned away for asking often, and all else
/// is as shipped.
pub fn free_of_limits(command: &mut Command) -> &mut Command {
    command
        .env("RATE_LIMITS", "off")
        .env("STARTER_CATALOGUE", "off")
        .env("DRAIN_SECONDS", "0")
        .env("OPERATIONS_ADDRESS", "127.0.0.1:0")
}

impl Served {
    /// Starts it with its outputs in files of `scratch`, and waits until `path` answers with a status
    /// that says it is ready.
    pub fn start(
        mut command: Command,
        scratch: &Path,
        path: &str,
        is_ready: fn(u16) -> bool,
    ) -> Result<Self> {
        let output = tempfile::Builder::new().prefix("served-").tempdir_in(scratch)?.keep();
        let began = Instant::now();
        let child = command
            .env("BIND_ADDRESS", "127.0.0.1:0")
            .stdin(Stdio::null())
            .stdout(File::create(output.join("stdout"))?)
            .stderr(File::create(output.join("stderr"))?)
            .spawn()
            .with_context(|| format!("{command:?} can't be started"))?;
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut served =
            Self { child, address: nowhere, operations: None, ready_after: Duration::ZERO };
        while served.child.try_wait()?.is_none() && began.elapsed() < PATIENCE {
            let stdout = std::fs::read_to_string(output.join("stdout"))?;
            let address = announced(&stdout, ANNOUNCEMENT);
            if address.and_then(|address| status(address, path)).is_some_and(is_ready) {
                served.address = address.unwrap_or(nowhere);
                served.operations = announced(&stdout, OF_OPERATIONS);
                served.ready_after = began.elapsed();
                return Ok(served);
            }
            thread::sleep(PAUSE_BETWEEN_LOOKS);
        }
        let complaint = std::fs::read_to_string(output.join("stderr")).unwrap_or_default();
        bail!("{command:?} does not get ready: {complaint}")
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn announced(stdout: &str, announcement: &str) -> Option<SocketAddr> {
    let (_, rest) = stdout.split_once(announcement)?;
    rest.split_once('\n')?.0.trim().parse().ok()
}

fn status(address: SocketAddr, path: &str) -> Option<u16> {
    let raw = http::get(address, path, "").ok()?;
    Some(http::Answer::parse(&raw).ok()?.status)
}
