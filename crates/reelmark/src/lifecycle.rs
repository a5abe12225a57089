//! Starts the parts of one process in order, and stops them in the opposite one.

mod signals;
mod worker_task;

use std::net::SocketAddr;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::rt;
use reelmark_http::{BoundServer, Draining, HttpConfig, Operations, UseCases};
use tokio::runtime::Handle;

use self::signals::Signals;
use self::worker_task::WorkerTask;
use crate::config::Config;
use crate::failure::{Failure, OrFail};
use crate::{first_start, operator, wiring};

/// How long a request may take, from its head to its answer.
const REQUEST_DEADLINE: Duration = Duration::from_secs(15);

/// How long connections may take to close once nothing uses them.
const LAST_CALL: Duration = Duration::from_secs(2);

/// How long the worker inside a server may take to finish what is under way.
const WORKER_PATIENCE: Duration = Duration::from_secs(10);

/// The same for a process that does nothing else, and that nobody waits for.
const LONE_WORKER_PATIENCE: Duration = Duration::from_secs(30);

/// Serves until a signal says to stop.
///
/// # Errors
/// [`Failure`] when something can't be started, or breaks down while it runs.
pub fn run(config: &Config, with_worker: bool) -> Result<(), Failure> {
    let io = wiring::io_runtime()?;
    let served = rt::System::new().block_on(serve(config, io.handle(), with_worker));
    io.shutdown_timeout(LAST_CALL);
    served
}

async fn serve(config: &Config, io: &Handle, with_worker: bool) -> Result<(), Failure> {
    let mut signals = Signals::listen().or_fail("could not listen for signals")?;
    match unless_stopped(&mut signals, start(config, io, with_worker)).await? {
        Some(running) => run_until_stopped(running, signals, config.server.drain).await,
        None => Ok(()),
    }
}

/// Works behind the scenes until a signal says to stop.
///
/// # Errors
/// [`Failure`] when something can't be started, or breaks down while it runs.
pub fn work(config: &Config) -> Result<(), Failure> {
    let io = wiring::io_runtime()?;
    let worked = rt::System::new().block_on(work_on(config, io.handle()));
    io.shutdown_timeout(LAST_CALL);
    worked
}

async fn work_on(config: &Config, io: &Handle) -> Result<(), Failure> {
    let mut signals = Signals::listen().or_fail("could not listen for signals")?;
    let Some(app) = unless_stopped(&mut signals, wiring::wire_worker(config, io)).await? else {
        return Ok(());
    };
    let operations = serve_operations(config, app.operations, Draining::default())?;
    let mut worker = WorkerTask::start(app.worker, io);
    operator::say("The worker is running.");
    let reason = tokio::select! {
        () = signals.next() => Ok(()),
        failure = worker.dies() => Err(failure),
    };
    signals.end_at_next();
    log::info!("stopping");
    let stopped = worker.stop(LONE_WORKER_PATIENCE).await;
    if let Some(handle) = operations {
        handle.stop(false).await;
    }
    log::info!("stopped");
    reason.and(stopped)
}

/// Answers operators to the very end, where that is wanted.
fn serve_operations(
    config: &Config,
    operations: Operations,
    draining: Draining,
) -> Result<Option<ServerHandle>, Failure> {
    let Some(address) = &config.server.operations_address else {
        return Ok(None);
    };
    let bound = reelmark_http::bind_operations(address, operations, draining);
    let bound = bound.or_fail(format!("could not listen on {address}"))?;
    for address in &bound.addresses {
        operator::say(format_args!("Health and metrics are at http://{address}"));
    }
    let handle = bound.server.handle();
    rt::spawn(bound.server);
    Ok(Some(handle))
}

/// What was started, or nothing when a signal came first.
async fn unless_stopped<T>(
    signals: &mut Signals,
    starting: impl Future<Output = Result<T, Failure>>,
) -> Result<Option<T>, Failure> {
    tokio::select! {
        started = starting => started.map(Some),
        () = signals.next() => {
            log::info!("stopped before it was ready");
            Ok(None)
        }
    }
}

/// What has to be stopped again.
struct Running {
    server: BoundServer,
    operations: Option<ServerHandle>,
    draining: Draining,
    worker: WorkerTask,
}

async fn start(config: &Config, io: &Handle, with_worker: bool) -> Result<Running, Failure> {
    let app = wiring::wire(config, io).await?;
    first_start::fill_catalogue(config, &*app.use_cases.movies).await?;
    first_start::create_admin(config, &*app.use_cases.users).await?;
    let draining = Draining::default();
    let operations = serve_operations(config, Operations::from(&app.use_cases), draining.clone())?;
    let server = bind(config, app.use_cases, draining.clone())?;
    let worker = match with_worker {
        true => WorkerTask::start(app.worker, io),
        false => WorkerTask::none(),
    };
    greet(config, &server.addresses);
    Ok(Running { server, operations, draining, worker })
}

/// The order in which parts stop: load balancers are told, requests end, then the worker, and
/// with its last user the store.
async fn run_until_stopped(
    running: Running,
    mut signals: Signals,
    drain: Duration,
) -> Result<(), Failure> {
    let mut worker = running.worker;
    let handle = running.server.server.handle();
    let mut server = rt::spawn(running.server.server);
    let reason = tokio::select! {
        () = signals.next() => Ok(()),
        failure = worker.dies() => Err(failure),
        _ = &mut server => Err(Failure::new("the server stopped by itself")),
    };
    signals.end_at_next();
    log::info!(drain_seconds = drain.as_secs(); "stopping");
    running.draining.begin();
    tokio::time::sleep(drain).await;
    handle.stop(true).await;
    let stopped = worker.stop(WORKER_PATIENCE).await;
    if let Some(handle) = running.operations {
        handle.stop(false).await;
    }
    log::info!("stopped");
    reason.and(stopped)
}

fn bind(config: &Config, use_cases: UseCases, draining: Draining) -> Result<BoundServer, Failure> {
    let server = &config.server;
    let http = HttpConfig {
        bind_address: server.bind_address.clone(),
        cors_origins: server.cors_origins.clone(),
        trusted_proxies: server.trusted_proxies.iter().copied().collect(),
        request_deadline: REQUEST_DEADLINE,
        workers: None,
    };
    let bound = reelmark_http::bind(http, use_cases, draining);
    bound.or_fail(format!("could not listen on {}", server.bind_address))
}

fn greet(config: &Config, addresses: &[SocketAddr]) {
    for address in addresses {
        operator::say(format_args!("Reelmark is listening on http://{address}"));
    }
    let here = addresses.first().map(|address| format!("http://{address}"));
    if let Some(url) = config.server.public_url.clone().or(here) {
        operator::say(format_args!("The API is described at {url}/docs"));
    }
}
