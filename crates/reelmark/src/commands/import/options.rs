use std::path::{Path, PathBuf};

use clap::Args;
use reelmark_application::catalogue_import::{ImportSetName, RATINGS_AT_ONCE};

use crate::config::Settings;
use crate::failure::{Failure, OrFail};

/// What all imports can be told.
#[derive(Args, Debug)]
pub struct ImportOptions {
    /// What the set is called. Movies and raters of a set keep their numbers from one import to the
    /// next, so sets of different people need different names [default: the name of the folder or
    /// the file]
    #[arg(long, value_name = "NAME")]
    set: Option<String>,

    /// Read everything, say what would come of it, and store nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Write down which rows were rejected or taken in part: file, line and reason, in CSV
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,

    /// How many ratings are stored at once: more are a little faster, fewer let others in earlier
    #[arg(long, value_name = "NUMBER", default_value_t = RATINGS_AT_ONCE as u64,
        value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    chunk: u64,

    #[command(flatten)]
    pub settings: Settings,
}

impl ImportOptions {
    /// How many ratings are stored at once.
    pub fn chunk(&self) -> usize {
        usize::try_from(self.chunk).unwrap_or(RATINGS_AT_ONCE)
    }

    /// The name of the set that `from` holds.
    pub fn set_name(&self, from: &Path) -> Result<ImportSetName, Failure> {
        const FAILED: &str = "the name of the set (--set) can't be used";
        if let Some(name) = &self.set {
            return ImportSetName::parse(name).or_fail(FAILED);
        }
        let whole = std::path::absolute(from).or_fail("could not find the files")?;
        let name = whole.file_name().unwrap_or_default().to_string_lossy();
        ImportSetName::resembling(&name).or_fail(FAILED)
    }
}
