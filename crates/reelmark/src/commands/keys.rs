use clap::Subcommand;
use reelmark_application::ports::Clock;
use reelmark_memory::SystemClock;
use reelmark_security::generate_secret;

use crate::failure::Failure;
use crate::operator;

#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Print a new key for JWT_KEYS: put it behind the others on every replica, then in front of
    /// them, and take the old ones away once the tokens that they signed have expired
    Generate,
}

pub fn run(command: &KeysCommand) -> Result<(), Failure> {
    match command {
        KeysCommand::Generate => operator::say(generate(&SystemClock)),
    }
    Ok(())
}

/// Named by the second, so that whoever reads the setting knows which key is older.
fn generate(clock: &dyn Clock) -> String {
    format!("{}:{}", clock.now().unix_timestamp(), generate_secret())
}
