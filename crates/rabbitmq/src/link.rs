use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use lapin::uri::AMQPUri;
use lapin::{Channel as Wire, Connection, ConnectionProperties};
use tokio::runtime::Handle;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::failure::{Failure, Result};
use crate::topology::Topology;

/// How long connecting may take, with all declarations, which wait for the disk of the broker. Who
/// has less time gives up earlier.
const OPENED_WITHIN: Duration = Duration::from_secs(10);

/// One connection, opened when it is first needed and again after it was forgotten or broke.
pub(crate) struct Link {
    uri: AMQPUri,
    role: &'static str,
    topology: Topology,
    /// Drives the connection, whoever asks for it.
    runtime: Handle,
    connection: Mutex<Option<Connection>>,
    is_away: AtomicBool,
}

impl Link {
    pub(crate) fn new(
        uri: AMQPUri,
        role: &'static str,
        topology: Topology,
        runtime: Handle,
    ) -> Self {
        let (connection, is_away) = (Mutex::default(), AtomicBool::new(false));
        Self { uri, role, topology, runtime, connection, is_away }
    }

    /// A channel of one's own on the connection.
    pub(crate) async fn open(&self) -> Result<Wire> {
        let mut connection = self.connection.lock().await;
        let opened = self.open_on(&mut connection).await;
        match &opened {
            Ok(_) => self.is_there(),
            Err(failure) => {
                *connection = None;
                self.is_gone(failure);
            }
        }
        opened
    }

    /// Runs something where the connection is driven.
    pub(crate) fn spawn<T: Send + 'static>(
        &self,
        task: impl Future<Output = T> + Send + 'static,
    ) -> JoinHandle<T> {
        self.runtime.spawn(task)
    }

    /// Has the next one who asks connect anew.
    pub(crate) async fn forget(&self, failure: &Failure) {
        self.is_gone(failure);
        self.connection.lock().await.take();
    }

    async fn open_on(&self, connection: &mut Option<Connection>) -> Result<Wire> {
        if !connection.as_ref().is_some_and(|connection| connection.status().connected()) {
            *connection = Some(self.connect().await?);
        }
        match connection {
            Some(connection) => in_time(async { Ok(connection.create_channel().await?) }).await,
            None => Err(Failure::Cancelled),
        }
    }

    async fn connect(&self) -> Result<Connection> {
        let (uri, topology) = (self.uri.clone(), self.topology.clone());
        let name = format!("reelmark {}", self.role);
        let properties = ConnectionProperties::default().with_connection_name(name.into());
        let connecting = self.runtime.spawn(in_time(async move {
            let connection = Connection::connect_uri(uri, properties).await?;
            let wire = connection.create_channel().await?;
            topology.declare(&wire).await?;
            Ok(connection)
        }));
        connecting.await.map_err(Failure::Connecting)?
    }

    fn is_gone(&self, failure: &Failure) {
        if !self.is_away.swap(true, Ordering::Relaxed) {
            log::warn!(role = self.role, error:err = *failure; "RabbitMQ is away");
        }
    }

    fn is_there(&self) {
        if self.is_away.swap(false, Ordering::Relaxed) {
            log::info!(role = self.role; "RabbitMQ is back");
        }
    }
}

async fn in_time<T>(opening: impl Future<Output = Result<T>>) -> Result<T> {
    timeout(OPENED_WITHIN, opening).await.map_err(|_| Failure::TimedOut(OPENED_WITHIN))?
}
