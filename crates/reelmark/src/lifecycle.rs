//! Starts the parts of one process in order, and stops them in the opposite one.

mod signals;
mod worker_task;

use std::net::SocketAddr;
use std::time::Duration;

use actix_web::rt;
use reelmark_http::{BoundServer, Draining, HttpConfig, UseCases};
use tokio::runtime::Handle;

use self::signals::Signals;
use self::worker_task::WorkerTask;
use crate::config::Config;
use crate::failure::{Failure, OrFail};
use crate::first_start::{self, FirstAdmin};
use crate::{operator, wiring};

/// How long a request may take, from its head to its answer.
const REQUEST_DEADLINE: Duration = Duration::from_secs(15);

/// How long connections may take to close once nothing uses them.
const LAST_CALL: Duration = Duration::from_secs(2);

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
    let signals = Signals::listen().or_fail("could not listen for signals")?;
    let app = wiring::wire(config, io).await?;
    first_start::fill_catalogue(config, &*app.use_cases.movies).await?;
    let admin = first_start::create_admin(config, &*app.use_cases.users).await?;
    let draining = Draining::default();
    let server = bind(config, app.use_cases, draining.clone())?;
    let worker = match with_worker {
        true => WorkerTask::start(app.worker, io),
        false => WorkerTask::none(),
    };
    greet(config, &server.addresses, admin);
    run_until_stopped(config, server, worker, signals, draining).await
}

/// The order in which parts stop: load balancers are told, requests end, then the worker, and
/// with the last user of it the store.
async fn run_until_stopped(
    config: &Config,
    server: BoundServer,
    mut worker: WorkerTask,
    mut signals: Signals,
    draining: Draining,
) -> Result<(), Failure> {
    let handle = server.server.handle();
    let mut server = rt::spawn(server.server);
    let reason = tokio::select! {
        () = signals.next() => Ok(()),
        failure = worker.dies() => Err(failure),
        _ = &mut server => return Err(Failure::new("the server stopped by itself")),
    };
    signals.end_at_next();
    log::info!(drain_seconds = config.server.drain.as_secs(); "stopping");
    draining.begin();
    tokio::time::sleep(config.server.drain).await;
    handle.stop(true).await;
    let _ = server.await;
    let worker = worker.stop().await;
    log::info!("stopped");
    reason.and(worker)
}

fn bind(config: &Config, use_cases: UseCases, draining: Draining) -> Result<BoundServer, Failure> {
    let server = &config.server;
    let http = HttpConfig {
        bind_address: server.bind_address.clone(),
        public_url: server.public_url.clone(),
        cors_origins: server.cors_origins.clone(),
        request_deadline: REQUEST_DEADLINE,
        workers: None,
    };
    let bound = reelmark_http::bind(http, use_cases, draining);
    bound.or_fail(format!("could not listen on {}", server.bind_address))
}

fn greet(config: &Config, addresses: &[SocketAddr], admin: Option<FirstAdmin>) {
    for address in addresses {
        operator::say(format_args!("Reelmark is listening on http://{address}"));
    }
    let here = addresses.first().map(|address| format!("http://{address}"));
    let url = config.server.public_url.clone().or(here).unwrap_or_default();
    operator::say(format_args!("The API is described at {url}/docs"));
    if let Some(FirstAdmin { username, password }) = admin {
        operator::say(format_args!("Sign in as {username} with the password {password}"));
        operator::say("This is the only time it is shown.");
    }
}
