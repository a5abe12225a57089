use clap::Args;

use crate::config::Settings;
use crate::failure::{Failure, OrFail};
use crate::{lifecycle, logging};

#[derive(Args, Debug)]
pub struct ServeArgs {
    /// Only answer requests; messages wait until a process with a worker takes them
    #[arg(long)]
    no_worker: bool,

    #[command(flatten)]
    settings: Settings,
}

pub fn run(args: ServeArgs) -> Result<(), Failure> {
    let config = args.settings.check().or_fail("could not start")?;
    logging::init(&config.log).or_fail("could not start the log")?;
    for setting in &config.not_yet_supported {
        log::warn!(setting; "this setting is not yet supported and does nothing");
    }
    lifecycle::run(&config, !args.no_worker)
}
