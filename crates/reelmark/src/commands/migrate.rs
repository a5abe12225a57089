use crate::config::Settings;
use crate::failure::{Failure, OrFail};
use crate::{operator, wiring};

pub fn run(settings: &Settings) -> Result<(), Failure> {
    let config = settings.check().or_fail("could not migrate")?;
    let io = wiring::io_runtime()?;
    io.block_on(wiring::open_store(&config, io.handle()))?;
    operator::say("The store is up to date.");
    Ok(())
}
