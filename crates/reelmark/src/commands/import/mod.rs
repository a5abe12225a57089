//! What comes in from files.

mod personal;

use clap::Subcommand;

use crate::failure::Failure;

#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Take somebody's ratings from a file of Letterboxd, IMDb, Trakt or MovieLens
    Personal(personal::PersonalArgs),
}

pub fn run(command: &ImportCommand) -> Result<(), Failure> {
    match command {
        ImportCommand::Personal(args) => personal::run(args),
    }
}
