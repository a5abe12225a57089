use std::path::PathBuf;

use clap::Args;

use crate::config::Settings;
use crate::failure::{Failure, OrFail};
use crate::{operator, wiring};

#[derive(Args, Debug)]
pub struct BackupArgs {
    /// The file to make; it must not be there
    file: PathBuf,
    #[command(flatten)]
    settings: Settings,
}

pub fn run(args: &BackupArgs) -> Result<(), Failure> {
    let config = args.settings.check_without_keys().or_fail("could not find the store")?;
    wiring::back_up(&config.store, &args.file)?;
    operator::say(format_args!("The store is in {}.", args.file.display()));
    Ok(())
}
