use std::io;
use std::sync::Arc;
use std::time::Duration;

use deadpool::managed::{Manager, Metrics, Object, RecycleResult};
use deadpool_redis::redis::aio::MultiplexedConnection;
use deadpool_redis::redis::{AsyncConnectionConfig, RedisError, RedisResult, cmd};
use tokio::runtime::Handle;
use tokio::time::timeout;

use crate::scripts::Scripts;

pub(crate) type Pool = deadpool::managed::Pool<Connector>;
pub(crate) type Connection = Object<Connector>;

/// How long a connection that its caller has given up on may go on opening.
const OPENING_WITHIN: Duration = Duration::from_secs(1);

/// Opens connections, on a runtime of their own: a connection is driven by the runtime that opened
/// it, and one opened by a busy HTTP worker would stall everybody else who is lent it.
pub(crate) struct Connector {
    manager: Arc<deadpool_redis::Manager>,
    runtime: Handle,
    scripts: Arc<Scripts>,
}

impl Connector {
    pub(crate) fn new(url: &str, runtime: Handle, scripts: Arc<Scripts>) -> RedisResult<Self> {
        // Callers have their own deadlines, and theirs alone tell late answers from broken ones.
        let config = AsyncConnectionConfig::new().set_response_timeout(None);
        let manager = deadpool_redis::Manager::new_with_config(url, config)?;
        Ok(Self { manager: Arc::new(manager), runtime, scripts })
    }
}

impl Manager for Connector {
    type Type = MultiplexedConnection;
    type Error = RedisError;

    async fn create(&self) -> RedisResult<MultiplexedConnection> {
        let (manager, scripts) = (self.manager.clone(), self.scripts.clone());
        let opening = async move {
            let mut connection = manager.create().await?;
            claim_epoch(&mut connection, &scripts).await?;
            Ok(connection)
        };
        let opening = self.runtime.spawn(timeout(OPENING_WITHIN, opening));
        opening.await.map_err(io::Error::other)?.map_err(io::Error::from)?
    }

    /// No PING, which would double the time of every call: connections that failed never get here.
    async fn recycle(
        &self,
        _: &mut MultiplexedConnection,
        _: &Metrics,
    ) -> RecycleResult<RedisError> {
        Ok(())
    }
}

/// Makes sure that nothing is served which an earlier run of this server, or another server before
/// it, has left behind. A run ends with all its connections, so asking once for each is enough.
async fn claim_epoch(connection: &mut MultiplexedConnection, scripts: &Scripts) -> RedisResult<()> {
    let info: String = cmd("INFO").arg("server").query_async(connection).await?;
    let run = info.lines().find_map(|line| line.strip_prefix("run_id:"));
    scripts.claim_epoch(run).invoke_async(connection).await
}
