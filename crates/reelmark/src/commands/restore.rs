use std::path::PathBuf;

use clap::Args;

use crate::config::Settings;
use crate::failure::{Failure, OrFail};
use crate::{operator, wiring};

#[derive(Args, Debug)]
pub struct RestoreArgs {
    /// The file that `reelmark backup` made
    file: PathBuf,
    /// Replace the store that is there
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    settings: Settings,
}

pub fn run(args: &RestoreArgs) -> Result<(), Failure> {
    let config = args.settings.check_without_keys().or_fail("could not find the store")?;
    wiring::restore(&config.store, &args.file, args.replace)?;
    operator::say(format_args!("The store is what it was in {}.", args.file.display()));
    Ok(())
}
