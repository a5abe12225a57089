//! What a new, empty installation is given, and what is said about it.

use std::time::Duration;

use reelmark_application::movie::{LoadStarterCatalogueError, MovieUseCases};
use reelmark_application::ports::RepositoryError;
use reelmark_application::user::{RegisterUser, UserUseCases};
use reelmark_domain::{EmailAddress, PlainPassword, Username};
use reelmark_security::generate_password;
use tokio::time::{Instant, sleep};

use crate::config::Config;
use crate::failure::{Failure, OrFail};
use crate::operator;

/// How long another process may take to fill the store.
const PATIENCE: Duration = Duration::from_secs(60);
const BETWEEN_TRIES: Duration = Duration::from_millis(250);

const ADMIN: &str = "admin";

/// The top-level domain `invalid` belongs to nobody, and never will (RFC 2606).
const ADMIN_EMAIL: &str = "admin@reelmark.invalid";

/// Fills the catalogue of an empty store, if that is wished.
pub async fn fill_catalogue(config: &Config, movies: &dyn MovieUseCases) -> Result<(), Failure> {
    if !config.store.with_starter_catalogue {
        return Ok(());
    }
    let loaded = load(movies).await;
    let movies = loaded.or_fail("could not load the starter catalogue")?;
    if movies > 0 {
        log::info!(movies; "filled the empty catalogue with well-known movies");
    }
    Ok(())
}

/// Of several processes that start at once on an empty store one fills it, and the others may have
/// to wait for longer than one statement may take.
async fn load(movies: &dyn MovieUseCases) -> Result<usize, LoadStarterCatalogueError> {
    let began = Instant::now();
    loop {
        match movies.load_starter_catalogue().await {
            Err(LoadStarterCatalogueError::Store(RepositoryError::Unavailable(cause)))
                if began.elapsed() < PATIENCE =>
            {
                log::debug!(cause:% = cause; "could not load the starter catalogue yet");
            }
            done => return done,
        }
        sleep(BETWEEN_TRIES).await;
    }
}

/// Makes the first account where somebody tries the service out, and says its password at once:
/// whatever goes wrong later, nobody could ever learn it again. A shared store gets its first admin
/// from `reelmark user create`, because nobody may be looking at the output there.
pub async fn create_admin(config: &Config, users: &dyn UserUseCases) -> Result<(), Failure> {
    const FAILED: &str = "could not make the first account";
    if !config.is_embedded() {
        return Ok(());
    }
    let password = generate_password();
    let account = RegisterUser {
        username: Username::parse(ADMIN).or_fail(FAILED)?,
        email: EmailAddress::parse(ADMIN_EMAIL).or_fail(FAILED)?,
        password: PlainPassword::parse(&password).or_fail(FAILED)?,
        origin: None,
    };
    if users.create_first_admin(account).await.or_fail(FAILED)?.is_some() {
        operator::say(format_args!("Sign in as {ADMIN} with the password {password}"));
        operator::say("This is the only time it is shown.");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_admin_can_be_named_so() {
        assert!(Username::parse(ADMIN).is_ok());
        assert!(EmailAddress::parse(ADMIN_EMAIL).is_ok());
    }
}
