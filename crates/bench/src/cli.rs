use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::commands::{generate, load, reference, run, tokens};

/// Makes data sets and measures the service against references
#[derive(Debug, Parser)]
#[command(name = "reelmark-bench", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Measure the service beside the references, and print a table
    Run(run::RunArgs),
    /// Write a data set in the shape of MovieLens 32M as MovieLens' CSV files
    Generate(generate::GenerateArgs),
    /// Put a data set into an empty store
    Load(load::LoadArgs),
    /// Print access tokens for users of such a store, one per line, good for ten minutes where
    /// JWT_SECRET is "benchmark-benchmark-benchmark-benchmark"
    Tokens(tokens::TokensArgs),
    /// Serve as something to compare the service with
    Reference(reference::ReferenceArgs),
}

impl Cli {
    pub fn run(self) -> Result<()> {
        match self.command {
            Command::Run(args) => run::run(&args),
            Command::Generate(args) => generate::run(&args),
            Command::Load(args) => load::run(&args),
            Command::Tokens(args) => tokens::run(&args),
            Command::Reference(args) => reference::run(&args),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
