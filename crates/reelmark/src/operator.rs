//! The one place that talks to whoever typed the command.

use std::error::Error;
use std::io::{self, Write};

use crate::failure::cause_chain;

/// Says something on standard output. Nobody listening is no reason to stop.
pub fn say(text: impl std::fmt::Display) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// Says why a command failed: in the log if there is one, so that machines that read it see it
/// too, and otherwise plainly on standard error.
pub fn complain(error: &(dyn Error + 'static)) {
    let reason = cause_chain(error);
    if log::log_enabled!(log::Level::Error) {
        log::error!(target: "reelmark", "{reason}");
    } else {
        let _ = writeln!(io::stderr().lock(), "error: {reason}");
    }
}
