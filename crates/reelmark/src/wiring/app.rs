use std::sync::Arc;

use reelmark_application::ports::{Clock, IdGenerator, Mailer};
use reelmark_application::summary_audit::SummaryAuditUseCases;
use reelmark_application::throttling::Throttle;
use reelmark_application::user::UserUseCases;
use reelmark_http::UseCases;
use reelmark_memory::SystemClock;
use reelmark_security::UuidGenerator;
use reelmark_worker::Worker;
use tokio::runtime::Handle;

use super::cache::{self, SharedCache};
use super::mail::mailer;
use super::queue::Queue;
use super::security::{self, Security};
use super::store::{self, Store};
use super::throttle;
use super::use_cases;
use crate::config::Config;
use crate::failure::Failure;
use crate::metrics_recorder;

/// What serves requests, and what works behind the scenes.
pub struct App {
    pub use_cases: UseCases,
    pub worker: Worker,
}

/// Everything that stands behind the ports.
pub(super) struct Engines {
    pub store: Store,
    pub cache: SharedCache,
    pub queue: Queue,
    pub security: Security,
    pub throttle: Throttle,
    pub mailer: Arc<dyn Mailer>,
    /// Whether whoever signs up has to activate the account.
    pub with_activation: bool,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn IdGenerator>,
}

/// Opens the configured engines and builds the use cases on them. Connections to servers are
/// driven by `io`.
///
/// # Errors
/// [`Failure`] when an engine that is needed can't be opened.
pub async fn wire(config: &Config, io: &Handle) -> Result<App, Failure> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let ids: Arc<dyn IdGenerator> = Arc::new(UuidGenerator);
    let metrics = metrics_recorder::install(io)?;
    let cache = SharedCache::open(&config.cache, clock.clone(), ids.clone(), io)?;
    let engines = Engines {
        store: Store::open(&config.store, io).await?,
        throttle: throttle::of(&config.security, &cache, clock.clone()),
        cache,
        queue: Queue::in_process(),
        security: Security::new(config, clock.clone(), ids.clone())?,
        mailer: mailer(&config.mail, clock.clone(), ids.clone())?,
        with_activation: config.mail.with_activation,
        clock,
        ids,
    };
    Ok(App {
        use_cases: use_cases::of_requests(&engines, metrics),
        worker: use_cases::worker(engines),
    })
}

/// Opens the store alone, at the schema of this version.
///
/// # Errors
/// [`Failure`] when it can't be opened.
pub async fn open_store(config: &Config, io: &Handle) -> Result<(), Failure> {
    Store::open(&config.store, io).await.map(drop)
}

/// The use cases about accounts alone, for the command line.
///
/// # Errors
/// [`Failure`] when the store can't be opened.
pub async fn open_accounts(config: &Config, io: &Handle) -> Result<Arc<dyn UserUseCases>, Failure> {
    let store = Store::open(&config.store, io).await?;
    let hasher = security::hasher(config.security.bcrypt_cost)?;
    Ok(use_cases::users(&store, hasher, Arc::new(SystemClock)))
}

/// The use cases of an audit alone, for the command line.
///
/// # Errors
/// [`Failure`] when the store can't be opened.
pub async fn open_audit(
    config: &Config,
    io: &Handle,
) -> Result<Arc<dyn SummaryAuditUseCases>, Failure> {
    let store = Store::open(&config.store, io).await?;
    Ok(use_cases::audit(&store, Arc::new(SystemClock)))
}

/// Whether the engines would take their settings; opens and changes nothing.
///
/// # Errors
/// [`Failure`] when one would not.
pub fn check(config: &Config, io: &Handle) -> Result<(), Failure> {
    store::check(&config.store, io)?;
    mailer(&config.mail, Arc::new(SystemClock), Arc::new(UuidGenerator))?;
    cache::check(&config.cache, Arc::new(UuidGenerator), io)
}
