//! Makes data sets and measures the service against references. A tool for developers; no part of
//! what ships.

mod bench;
mod cli;
mod commands;
mod dataset;
mod http;
mod load;
mod measure;
mod pairs;
mod progress;
mod reference;
mod report;
mod rounds;
mod runs;
mod stack;
mod tools;

use anyhow::Result;
use clap::Parser;

/// The references have the service's allocator, so that only what they do differs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<()> {
    cli::Cli::parse().run()
}
