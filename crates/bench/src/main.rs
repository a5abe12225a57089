//! Makes data sets and measures the service against references. A tool for developers; no part of
//! what ships.

mod cli;
mod commands;
mod dataset;
mod load;
mod progress;

use anyhow::Result;
use clap::Parser;

fn main() -> Result<()> {
    cli::Cli::parse().run()
}
