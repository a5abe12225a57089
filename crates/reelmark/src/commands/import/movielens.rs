use std::path::PathBuf;

use clap::Args;
use reelmark_application::ports::CatalogueFiles;

use super::options::ImportOptions;
use super::run::{Run, movies, open};
use super::source::{find, find_needed};
use crate::failure::Failure;

#[derive(Args, Debug)]
#[command(
    after_help = "Imports may run while the service does: summaries are right at any time, and \
    writes of others wait for a chunk at most. Movies that are known by an id are not added again. \
    An import that was stopped goes on where it ended when it is started again on the same files; \
    one that is repeated changes nothing."
)]
pub struct MovielensArgs {
    /// The folder
    folder: PathBuf,
    #[command(flatten)]
    options: ImportOptions,
}

pub fn run(args: &MovielensArgs) -> Result<(), Failure> {
    let folder = &args.folder;
    let links = find(folder, &["links.csv"])?;
    let ratings = find(folder, &["ratings.csv", "*.inter"])?;
    Run {
        set: args.options.set_name(folder)?,
        movies: movies(find_needed(folder, &["movies.csv", "*.item"])?)?,
        links: links.map(|path| open(path, CatalogueFiles::links)).transpose()?,
        ratings: ratings.map(|path| open(path, CatalogueFiles::ratings)).transpose()?,
    }
    .run(&args.options)
}
