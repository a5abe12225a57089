use std::sync::{Arc, Weak};
use std::time::Duration;

use deadpool::managed::Object;
use deadpool_redis::redis::{FromRedisValue, ScriptInvocation};
use reelmark_application::ports::CacheListener;
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep, timeout_at};

use crate::RedisCacheConfig;
use crate::circuit::Circuit;
use crate::connector::{Connection, Connector, Pool};
use crate::failure::Failure;
use crate::scripts::Scripts;
use crate::tracking::Tracking;

/// How long a try to recover may take. Nobody waits for it.
const RECOVERY_WITHIN: Duration = Duration::from_secs(1);

/// How long an order may take. A read that waits for longer than a question may take would have been
/// faster from the store; an invalidation that comes late is still better than a new epoch, until
/// which other replicas serve what it was about.
const ORDER_WITHIN: Duration = Duration::from_millis(250);

/// The Redis server as seen from this replica: up or down.
///
/// It is down from a failure on, and nobody asks it anything, until a task in the background has
/// reached it and started a new epoch.
pub(crate) struct Server {
    pub(crate) scripts: Arc<Scripts>,
    runtime: Handle,
    pool: Pool,
    circuit: Circuit,
    patience: Duration,
    retry_after: Duration,
}

impl Server {
    pub(crate) fn new(
        config: &RedisCacheConfig,
        runtime: Handle,
        scripts: Arc<Scripts>,
    ) -> Result<Self, Failure> {
        let connector = Connector::new(&config.url, runtime.clone(), scripts.clone());
        let connector = connector.map_err(Failure::Address)?;
        let pool = Pool::builder(connector).max_size(config.connections);
        Ok(Self {
            scripts,
            runtime,
            pool: pool.build().map_err(Failure::Pool)?,
            circuit: Circuit::default(),
            patience: config.patience,
            retry_after: config.retry_after,
        })
    }

    /// Asks something whose failure does no harm by itself. One late answer while others arrive is
    /// no failure of Redis: it would cost everybody the whole cache, just when there is much to do.
    pub(crate) async fn ask<T: FromRedisValue>(
        self: &Arc<Self>,
        question: &ScriptInvocation<'_>,
    ) -> Result<T, Failure> {
        self.ask_within(question, self.patience).await
    }

    /// Asks something of that kind which nobody else can answer as well, so that it is worth
    /// waiting for as long as for an order.
    pub(crate) async fn ask_patiently<T: FromRedisValue>(
        self: &Arc<Self>,
        question: &ScriptInvocation<'_>,
    ) -> Result<T, Failure> {
        self.ask_within(question, self.patience.max(ORDER_WITHIN)).await
    }

    async fn ask_within<T: FromRedisValue>(
        self: &Arc<Self>,
        question: &ScriptInvocation<'_>,
        patience: Duration,
    ) -> Result<T, Failure> {
        let answers_before = self.circuit.answers();
        let answer = self.ask_if_up(question, patience).await;
        if let Err(failure) = &answer {
            let is_just_slow =
                matches!(failure, Failure::Late) && self.circuit.answers() > answers_before;
            if !is_just_slow && !matches!(failure, Failure::CircuitOpen) {
                self.go_down(failure);
            }
        }
        answer
    }

    /// Gives an order that must be carried out. If it isn't, for whatever reason, a new epoch takes
    /// its place. Runs to its end even if the caller goes away.
    pub(crate) async fn order(
        self: &Arc<Self>,
        order: impl FnOnce(&Scripts) -> ScriptInvocation<'_> + Send + 'static,
    ) -> Result<(), Failure> {
        let server = self.clone();
        let carrying_out = self.runtime.spawn(async move {
            let order = order(&server.scripts);
            let outcome = server.ask_if_up(&order, server.patience.max(ORDER_WITHIN)).await;
            outcome.inspect_err(|failure| server.go_down(failure))
        });
        carrying_out.await.unwrap_or_else(|gone| Err(Failure::RuntimeGone(gone)))
    }

    /// Tells `listener` from now on which keys this server forgets.
    pub(crate) fn track(
        self: &Arc<Self>,
        url: &str,
        listener: Arc<dyn CacheListener>,
    ) -> Result<(), Failure> {
        let tracking = Tracking::new(url, self, listener)?;
        self.runtime.spawn(tracking.keep_up(Arc::downgrade(self), self.retry_after));
        Ok(())
    }

    /// Asks it whatever the circuit says, and with more patience.
    pub(crate) async fn probe(&self) -> Result<(), Failure> {
        self.try_to_ask(&self.scripts.do_nothing(), RECOVERY_WITHIN).await
    }

    async fn ask_if_up<T: FromRedisValue>(
        &self,
        question: &ScriptInvocation<'_>,
        patience: Duration,
    ) -> Result<T, Failure> {
        if self.circuit.is_open() {
            return Err(Failure::CircuitOpen);
        }
        let answer = self.try_to_ask(question, patience).await?;
        self.circuit.note_answer();
        Ok(answer)
    }

    /// Asks, and once more if the connection turns out to be broken: it may have been idle for too
    /// long, or lead to an earlier run of the server. All that is ever asked can be asked twice;
    /// at worst an attempt is counted twice.
    async fn try_to_ask<T: FromRedisValue>(
        &self,
        question: &ScriptInvocation<'_>,
        patience: Duration,
    ) -> Result<T, Failure> {
        let deadline = Instant::now() + patience;
        let answer = self.ask_once(question, deadline).await;
        if !answer.as_ref().is_err_and(Failure::is_broken_connection) {
            return answer;
        }
        self.forget_idle_connections();
        self.ask_once(question, deadline).await
    }

    async fn ask_once<T: FromRedisValue>(
        &self,
        question: &ScriptInvocation<'_>,
        deadline: Instant,
    ) -> Result<T, Failure> {
        let late = |_| Failure::Late;
        let connection = timeout_at(deadline, self.pool.get()).await.map_err(late)?;
        let mut connection: Connection = connection.map_err(Failure::Connection)?;
        let answer = timeout_at(deadline, question.invoke_async(&mut *connection)).await;
        let answer = answer.map_err(late).and_then(|answer| answer.map_err(Failure::Command));
        // A connection that failed is not lent to anybody again.
        answer.inspect_err(|_| drop(Object::take(connection)))
    }

    /// Where one connection is broken the others often are too, and each would cost somebody time.
    fn forget_idle_connections(&self) {
        self.pool.retain(|_, _| false);
    }

    fn go_down(self: &Arc<Self>, failure: &Failure) {
        if self.circuit.fail() {
            log::warn!(failure:?; "Redis fails, the cache is off until it has recovered");
            self.forget_idle_connections();
            self.runtime.spawn(recover(Arc::downgrade(self), self.retry_after));
        }
    }

    /// Reaches the server and starts a new epoch. Says whether that made up for all failures: one
    /// that came meanwhile may be about a value of the new epoch already.
    async fn try_to_recover(&self) -> bool {
        let failures = self.circuit.failures();
        let renewal = self.try_to_ask::<()>(&self.scripts.renew_epoch(), RECOVERY_WITHIN).await;
        renewal.is_ok() && self.circuit.mend(failures)
    }
}

async fn recover(server: Weak<Server>, retry_after: Duration) {
    loop {
        sleep(retry_after).await;
        let Some(server) = server.upgrade() else {
            return;
        };
        if server.try_to_recover().await {
            log::info!("Redis has recovered, the cache is on again and empty");
            return;
        }
    }
}
