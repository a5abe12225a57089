//! What the service takes when it runs on SQLite.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::Result;

use crate::bench::Bench;
use crate::measure::{median, resident_megabytes};
use crate::report::{Bar, Finding};

/// The worker looks at the whole store once when it starts; what that takes is given back after ten
/// seconds.
const UNTIL_IDLE: Duration = Duration::from_secs(15);
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);
const MEGABYTE: f64 = 1_048_576.0;

pub fn run(bench: &Bench) -> Result<Vec<Finding>> {
    let mut ready = Vec::new();
    for _ in 0..bench.effort.rounds.max(3) {
        ready.push(bench.serve_embedded()?.ready_after.as_secs_f64() * 1_000.0);
    }
    let figures = format!("median of {}; {:.0?}", ready.len(), ready);
    let ready = Finding::new("ready on an existing store", Bar::AtMost(300.0), median(ready), "ms");

    let served = bench.serve_embedded()?;
    thread::sleep(UNTIL_IDLE);
    let idle = resident_megabytes(served.id())?;
    let under_load = most_resident(served.id(), || {
        bench.load(served.url("/api/v1/movies/1"), "").map(drop)?;
        bench.load(served.url("/api/v1/movies?limit=20"), "").map(drop)
    })?;
    let size = std::fs::metadata(&bench.program)?.len() as f64 / MEGABYTE;
    Ok(vec![
        ready.with(figures, []),
        Finding::new("resident when idle", Bar::AtMost(60.0), idle, "MB"),
        Finding::new("resident under reads", Bar::AtMost(250.0), under_load, "MB"),
        Finding::new("the binary", Bar::AtMost(30.0), size, "MB"),
    ])
}

/// The most memory that a process has while something is done.
fn most_resident(process: u32, work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let mut most = 0.0_f64;
            while !done.load(Ordering::Relaxed) {
                most = most.max(resident_megabytes(process)?);
                thread::sleep(BETWEEN_LOOKS);
            }
            Ok(most)
        });
        let worked = work();
        done.store(true, Ordering::Relaxed);
        let most = watcher.join().unwrap_or_else(|_| Err(anyhow::anyhow!("nobody watched")));
        worked.and(most)
    })
}
