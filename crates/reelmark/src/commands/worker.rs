use crate::config::Settings;
use crate::failure::{Failure, OrFail};
use crate::{lifecycle, logging};

pub fn run(settings: &Settings) -> Result<(), Failure> {
    let config = settings.check_without_keys().or_fail("could not start")?;
    logging::init(&config.log).or_fail("could not start the log")?;
    for setting in &config.not_yet_supported {
        log::warn!(setting; "this setting is not yet supported and does nothing");
    }
    lifecycle::work(&config)
}
