use std::path::PathBuf;

use clap::Args;

use super::options::ImportOptions;
use super::run::{self, Run};
use crate::failure::Failure;

#[derive(Args, Debug)]
#[command(
    after_help = "A movie without any id is the one of the same title and year, if there is one."
)]
pub struct MoviesArgs {
    /// The file
    file: PathBuf,
    #[command(flatten)]
    options: ImportOptions,
}

pub fn run(args: &MoviesArgs) -> Result<(), Failure> {
    let set = args.options.set_name(&args.file)?;
    let movies = run::movies(args.file.clone())?;
    Run { set, movies, links: None, ratings: None }.run(&args.options)
}
