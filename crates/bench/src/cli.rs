use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::commands::generate;

/// Makes data sets and measures the service against references
#[derive(Debug, Parser)]
#[command(name = "reelmark-bench", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a data set in the shape of MovieLens 32M as MovieLens' CSV files
    Generate(generate::GenerateArgs),
}

impl Cli {
    pub fn run(self) -> Result<()> {
        match self.command {
            Command::Generate(args) => generate::run(&args),
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
