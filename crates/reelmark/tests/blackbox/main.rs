//! The whole service from outside: the real program as a child process, spoken to over sockets.
//!
//! Every scenario runs twice: on the `embedded` stack (SQLite, everything in one process) and on
//! the `full` one (Postgres, Redis and RabbitMQ of its own, and a worker beside it). Most scenarios
//! share one running service per stack; those that stop it or break its servers start their own.
//!
//! `cargo test -p reelmark --test blackbox -- full::ratings` runs a part, `-- --list` names all.
//! `make chaos` runs the drills, which take too long for every day.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a scenario that goes wrong must stop loudly"
)]

mod accounts;
mod audit;
#[expect(clippy::print_stdout, reason = "it tells how fast the first page is")]
mod browser;
mod catalogue;
#[expect(clippy::print_stdout, reason = "drills tell whoever runs them what they found")]
mod chaos;
mod charts;
mod cli;
mod dead_letters;
mod errors;
mod health;
mod idempotency;
mod leaving;
mod lifecycle;
mod openapi;
mod paging;
mod passwords;
mod profiles;
mod ratings;
mod recommendations;
mod reports;
mod search;
mod security;
mod sessions;
mod summaries;
mod support;
mod throttling;
mod watching;

use libtest_mimic::Arguments;

use support::scenario::{Scenario, trials};
use support::stack::Stack;

/// Scenarios wait for processes and for the clock more than they compute.
const SCENARIOS_AT_ONCE: usize = 6;

fn main() {
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(SCENARIOS_AT_ONCE);
    let conclusion = libtest_mimic::run(&arguments, trials(scenarios(), &arguments));
    Stack::stop_all();
    chaos::print_findings();
    browser::print_measures();
    conclusion.exit();
}

/// The slow ones first, so that nobody waits for them alone at the end.
fn scenarios() -> Vec<Scenario> {
    [
        lifecycle::scenarios(),
        browser::slow_scenarios(),
        throttling::scenarios(),
        errors::scenarios(),
        dead_letters::scenarios(),
        accounts::scenarios(),
        leaving::scenarios(),
        passwords::scenarios(),
        profiles::scenarios(),
        catalogue::scenarios(),
        ratings::scenarios(),
        recommendations::scenarios(),
        reports::scenarios(),
        summaries::scenarios(),
        paging::scenarios(),
        search::scenarios(),
        browser::scenarios(),
        charts::scenarios(),
        watching::scenarios(),
        idempotency::scenarios(),
        audit::scenarios(),
        sessions::scenarios(),
        security::scenarios(),
        health::scenarios(),
        openapi::scenarios(),
        cli::scenarios(),
        chaos::scenarios(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
