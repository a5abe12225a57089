use std::sync::Arc;

use reelmark_application::dead_letter::{DeadLetterService, DeadLetterUseCases};
use reelmark_application::ports::{Clock, IdGenerator, Mailer, SecretGenerator, TasteReader};
use reelmark_application::summary_audit::SummaryAuditUseCases;
use reelmark_application::user::UserUseCases;
use reelmark_http::{Operations, UseCases};
use reelmark_memory::SystemClock;
use reelmark_security::{SystemSecretGenerator, UuidGenerator};
use reelmark_worker::Worker;
use tokio::runtime::Handle;

use super::bearers;
use super::cache::{self, SharedCache};
use super::mail::mailer;
use super::queue::{self, Queue};
use super::security::{self, Security};
use super::store::{self, Store};
use super::use_cases;
use crate::config::Config;
use crate::failure::Failure;
use crate::metrics_recorder;

/// What serves requests, and what works behind the scenes.
pub struct App {
    pub use_cases: UseCases,
    pub worker: Worker,
}

/// What works behind the scenes in a process of its own, and what operators ask it.
pub struct WorkerApp {
    pub operations: Operations,
    pub worker: Worker,
}

/// Everything that stands behind the ports.
pub(super) struct Engines {
    pub store: Store,
    pub cache: SharedCache,
    pub queue: Queue,
    pub mailer: Arc<dyn Mailer>,
    pub secrets: Arc<dyn SecretGenerator>,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn IdGenerator>,
}

/// Opens the configured engines and builds the use cases on them. Connections to servers are
/// driven by `io`.
///
/// # Errors
/// [`Failure`] when an engine that is needed can't be opened.
pub async fn wire(config: &Config, io: &Handle) -> Result<App, Failure> {
    let metrics = metrics_recorder::install(io)?;
    let mut engines = Engines::open(config, io).await?;
    bearers::remember(&mut engines.store);
    let security = Security::new(config, &engines)?;
    Ok(App {
        use_cases: use_cases::of_requests(&engines, &security, metrics),
        worker: use_cases::worker(engines),
    })
}

/// Opens the configured engines and builds what works behind the scenes, without what requests
/// need.
///
/// # Errors
/// [`Failure`] when an engine that is needed can't be opened.
pub async fn wire_worker(config: &Config, io: &Handle) -> Result<WorkerApp, Failure> {
    let metrics = metrics_recorder::install(io)?;
    let engines = Engines::open(config, io).await?;
    Ok(WorkerApp {
        operations: use_cases::operations(&engines, metrics),
        worker: use_cases::worker(engines),
    })
}

impl Engines {
    async fn open(config: &Config, io: &Handle) -> Result<Self, Failure> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let ids: Arc<dyn IdGenerator> = Arc::new(UuidGenerator);
        Ok(Self {
            store: Store::open(&config.store, io).await?,
            cache: SharedCache::open(&config.cache, clock.clone(), ids.clone(), io)?,
            queue: Queue::open(&config.queue, io)?,
            mailer: mailer(&config.mail, clock.clone(), ids.clone())?,
            secrets: Arc::new(SystemSecretGenerator),
            clock,
            ids,
        })
    }
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

/// The use cases about dead letters alone, for the command line.
///
/// # Errors
/// [`Failure`] when the store can't be opened.
pub async fn open_dead_letters(
    config: &Config,
    io: &Handle,
) -> Result<Arc<dyn DeadLetterUseCases>, Failure> {
    let store = Store::open(&config.store, io).await?;
    Ok(Arc::new(DeadLetterService::new(store.dead_letters)))
}

/// What everybody rated, for the command line.
///
/// # Errors
/// [`Failure`] when the store can't be opened.
pub async fn open_tastes(config: &Config, io: &Handle) -> Result<Arc<dyn TasteReader>, Failure> {
    Ok(Store::open(&config.store, io).await?.all_tastes)
}

/// Whether the engines would take their settings; opens and changes nothing.
///
/// # Errors
/// [`Failure`] when one would not.
pub fn check(config: &Config, io: &Handle) -> Result<(), Failure> {
    store::check(&config.store, io)?;
    mailer(&config.mail, Arc::new(SystemClock), Arc::new(UuidGenerator))?;
    cache::check(&config.cache, Arc::new(UuidGenerator), io)?;
    queue::check(&config.queue, io)
}
