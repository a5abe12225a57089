use std::sync::{Arc, Weak};
use std::time::Duration;

use deadpool_redis::redis::aio::MultiplexedConnection;
use deadpool_redis::redis::{
    AsyncConnectionConfig, Client, FromRedisValue, IntoConnectionInfo, ProtocolVersion, PushInfo,
    PushKind, RedisError, RedisResult, Value, cmd,
};
use reelmark_application::ports::CacheListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{Instant, interval_at, sleep, timeout};

use crate::failure::Failure;
use crate::server::Server;

/// How long the server may take to answer. Nobody waits for it.
const ANSWER_WITHIN: Duration = Duration::from_secs(1);

/// How often a connection that says nothing is asked whether it is still one.
const ASK_EVERY: Duration = Duration::from_secs(5);

/// The longest pause before the next try.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Tells a listener what becomes of this service's keys, whoever changes them: the server itself
/// says so, on a connection kept for that (client-side caching in broadcast mode).
///
/// A value that was filled in counts as changed too, for the server can't tell. What changes while
/// there is no such connection isn't told, so the listener hears that track was lost when the
/// connection ends and again when there is a new one. A server that won't do this is asked again
/// now and then.
pub(crate) struct Tracking {
    client: Client,
    /// What the keys of values begin with.
    values: String,
    epoch: String,
    listener: Arc<dyn CacheListener>,
}

impl Tracking {
    pub(crate) fn new(
        url: &str,
        server: &Server,
        listener: Arc<dyn CacheListener>,
    ) -> Result<Self, Failure> {
        let client = client(url).map_err(Failure::Address)?;
        let (values, epoch) = (server.scripts.value(""), server.scripts.epoch());
        Ok(Self { client, values, epoch, listener })
    }

    /// Goes on for as long as there is a `server`.
    pub(crate) async fn keep_up(self, server: Weak<Server>, shortest_pause: Duration) {
        let mut pause = shortest_pause;
        while server.strong_count() > 0 {
            match self.begin().await {
                Ok((connection, pushes)) => {
                    log::debug!("Redis tells what it forgets");
                    pause = shortest_pause;
                    self.follow(connection, pushes, &server).await;
                    self.listener.lost_track();
                }
                Err(error) => {
                    log::debug!(error:err; "Redis doesn't tell what it forgets");
                    pause = LONGEST_PAUSE.min(pause * 2);
                }
            }
            sleep(pause).await;
        }
    }

    async fn begin(&self) -> RedisResult<(MultiplexedConnection, UnboundedReceiver<PushInfo>)> {
        let (sender, pushes) = unbounded_channel();
        let config = AsyncConnectionConfig::new()
            .set_push_sender(sender)
            .set_connection_timeout(Some(ANSWER_WITHIN))
            .set_response_timeout(Some(ANSWER_WITHIN));
        let mut connection =
            self.client.get_multiplexed_async_connection_with_config(&config).await?;
        let mut tracking = cmd("CLIENT");
        tracking.arg("TRACKING").arg("ON").arg("BCAST");
        tracking.arg("PREFIX").arg(&self.values).arg("PREFIX").arg(&self.epoch);
        tracking.query_async::<()>(&mut connection).await?;
        self.listener.lost_track();
        Ok((connection, pushes))
    }

    /// Passes on what the server says, until the connection ends.
    async fn follow(
        &self,
        mut connection: MultiplexedConnection,
        mut pushes: UnboundedReceiver<PushInfo>,
        server: &Weak<Server>,
    ) {
        let mut check = interval_at(Instant::now() + ASK_EVERY, ASK_EVERY);
        while server.strong_count() > 0 {
            tokio::select! {
                push = pushes.recv() => match push {
                    Some(PushInfo { kind: PushKind::Invalidate, data }) => self.tell(data),
                    Some(PushInfo { kind: PushKind::Disconnection, .. }) | None => return,
                    Some(_) => {}
                },
                _ = check.tick() => if !is_alive(&mut connection).await {
                    return;
                },
            }
        }
    }

    /// Without keys everything was flushed.
    fn tell(&self, data: Vec<Value>) {
        let keys = data.into_iter().next().map(Vec::<String>::from_redis_value);
        let Some(Ok(keys)) = keys.filter(|keys| keys.as_ref().is_ok_and(|keys| !keys.is_empty()))
        else {
            return self.listener.lost_track();
        };
        for key in keys {
            match key.strip_prefix(&self.values) {
                Some(key) => self.listener.forgotten(key),
                None => self.listener.lost_track(),
            }
        }
    }
}

/// Only this version of the protocol has pushes.
fn client(url: &str) -> Result<Client, RedisError> {
    let info = url.into_connection_info()?;
    let settings = info.redis_settings().clone().set_protocol(ProtocolVersion::RESP3);
    Client::open(info.set_redis_settings(settings))
}

async fn is_alive(connection: &mut MultiplexedConnection) -> bool {
    let answer = timeout(ANSWER_WITHIN, cmd("PING").query_async::<()>(connection)).await;
    matches!(answer, Ok(Ok(())))
}
