//! More ratings than the service can store.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::bench::{Bench, CONNECTIONS};
use crate::http;
use crate::load::Tokens;
use crate::measure::{Millis, percentile};
use crate::report::{Bar, Finding};
use crate::stack::Served;
use crate::tools::{H2load, OpenLoad};

/// Enough that a request rarely waits for one.
const OPEN_CONNECTIONS: u32 = 1_000;
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

pub fn run(bench: &Bench) -> Result<Vec<Finding>> {
    let served = bench.serve_full()?;
    let token = Tokens::new()?.of_user(1)?;
    let headers = [
        ":method: PUT".into(),
        format!("authorization: Bearer {token}"),
        "content-type: application/json".into(),
    ];
    let paths: Vec<String> = (1..=bench.dataset.shape().movies.min(10_000))
        .map(|movie| format!("/api/v1/movies/{movie}/rating"))
        .collect();
    let ask = |connections, per_second| {
        bench.full()?.empty_outbox();
        let url = served.url("");
        let seconds = bench.effort.seconds;
        let body = Some("{\"score\":7}");
        let (url, headers, paths) = (url.as_str(), &headers[..], &paths[..]);
        H2load { url, paths, connections, per_second, seconds, headers, body }.run(bench.scratch())
    };
    let peak = ask(CONNECTIONS, None)?.goodput;
    let mut findings = Vec::new();
    for times in [1.0, 2.0, 5.0] {
        let (load, health) = with_health(&served, || ask(OPEN_CONNECTIONS, Some(times * peak)))?;
        findings.extend(judge(times, peak, load, &health));
    }
    Ok(findings)
}

fn judge(times: f64, peak: f64, load: OpenLoad, health: &Health) -> Vec<Finding> {
    let OpenLoad { goodput, accepted_p99, rejected, rejected_p99, failed } = load;
    let figures = format!("{goodput:.0}/s of {peak:.0}/s; {rejected} rejected, {failed} failed");
    let named = |what: &str| format!("overload {times}×: {what}");
    let mut findings = vec![
        Finding::new(named("goodput"), Bar::AtLeast(0.8), goodput / peak, "×").with(figures, []),
        Finding::new(named("health, slowest"), Bar::AtMost(100.0), health.apart.0, "ms"),
        Finding::new(named("health beside the API"), Bar::None, health.beside.0, "ms"),
    ];
    let latencies = [("accepted p99", accepted_p99, 1_000.0), ("rejected p99", rejected_p99, 50.0)];
    for (what, p99, bar) in latencies {
        let finding = p99.map(|p99| Finding::new(named(what), Bar::AtMost(bar), p99.0, "ms"));
        findings.extend(finding);
    }
    findings
}

/// How long the slowest answer took.
struct Health {
    /// At the address of operations.
    apart: Millis,
    /// At the address of the API.
    beside: Millis,
}

/// Asks for the health all along.
fn with_health(
    served: &Served,
    load: impl FnOnce() -> Result<OpenLoad>,
) -> Result<(OpenLoad, Health)> {
    let done = &AtomicBool::new(false);
    thread::scope(|scope| {
        let watch = |address| scope.spawn(move || slowest(address, done));
        let apart = watch(served.operations.unwrap_or(served.address));
        let beside = watch(served.address);
        let loaded = load();
        done.store(true, Ordering::Relaxed);
        let [apart, beside] =
            [apart, beside].map(|watcher| watcher.join().unwrap_or(Millis(f64::NAN)));
        Ok((loaded?, Health { apart, beside }))
    })
}

fn slowest(address: SocketAddr, done: &AtomicBool) -> Millis {
    let mut all = Vec::new();
    while !done.load(Ordering::Relaxed) {
        let asked = Instant::now();
        let is_alive = http::get_ok(address, "/health/live").is_ok();
        let took = asked.elapsed().as_secs_f64() * 1_000.0;
        all.push(if is_alive { took } else { f64::INFINITY });
        thread::sleep(BETWEEN_LOOKS);
    }
    percentile(&mut all, 1.0).unwrap_or(Millis(f64::NAN))
}
