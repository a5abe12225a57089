use std::io;
use std::process;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// What tells the process to stop: SIGTERM from a supervisor, SIGINT from a terminal.
pub struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// From now on they don't end the process by themselves.
    pub fn listen() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Waits for the next one.
    pub async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    /// Whoever asks a second time doesn't want to wait.
    pub fn end_at_next(mut self) {
        tokio::spawn(async move {
            self.next().await;
            log::warn!("stopped at once, by a second signal");
            process::exit(1);
        });
    }
}
