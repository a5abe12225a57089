//! Reelmark's only program: reads the settings, puts the parts together, runs them and stops them.

mod cli;
mod commands;
mod config;
mod failure;
mod finished_file;
mod first_start;
mod lifecycle;
mod logging;
mod metrics_recorder;
mod operator;
mod wiring;

use std::process::ExitCode;

use clap::Parser;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            operator::complain(&failure);
            ExitCode::FAILURE
        }
    }
}
