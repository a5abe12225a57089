use clap::{Args, Subcommand};
use reelmark_application::dead_letter::DeadLetterUseCases;
use reelmark_application::ports::DeadLetterRecord;

use crate::config::Settings;
use crate::failure::{Failure, OrFail};
use crate::{operator, wiring};

#[derive(Debug, Subcommand)]
pub enum QueueCommand {
    /// Look after the messages that nobody could process
    #[command(subcommand)]
    DeadLetters(DeadLettersCommand),
}

#[derive(Debug, Subcommand)]
pub enum DeadLettersCommand {
    /// List them with the reason, one a line
    List(Settings),
    /// Have some of them tried again
    Retry(RetryArgs),
    /// Delete some of them for good
    Drop(DropArgs),
}

#[derive(Args, Debug)]
pub struct RetryArgs {
    /// The messages to try again
    #[arg(value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
    ids: Vec<i64>,
    /// Try all of them again
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Args, Debug)]
pub struct DropArgs {
    /// The messages to delete
    #[arg(value_name = "ID", required = true)]
    ids: Vec<i64>,
    #[command(flatten)]
    settings: Settings,
}

pub fn run(command: QueueCommand) -> Result<(), Failure> {
    let QueueCommand::DeadLetters(command) = command;
    match command {
        DeadLettersCommand::List(settings) => with_dead_letters(&settings, list),
        DeadLettersCommand::Retry(args) => {
            with_dead_letters(&args.settings, async |letters| retry(letters, &args).await)
        }
        DeadLettersCommand::Drop(args) => {
            with_dead_letters(&args.settings, async |letters| remove(letters, args.ids).await)
        }
    }
}

async fn list(letters: &dyn DeadLetterUseCases) -> Result<(), Failure> {
    let mut after = None;
    loop {
        let page = letters.list_dead_letters(after).await;
        let page = page.or_fail("could not read the dead letters")?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some(last.message.id);
        page.iter().for_each(|letter| operator::say(line(letter)));
    }
}

async fn retry(letters: &dyn DeadLetterUseCases, args: &RetryArgs) -> Result<(), Failure> {
    const FAILED: &str = "could not have messages tried again";
    let count = if args.all {
        letters.retry_all_dead_letters().await.or_fail(FAILED)?
    } else {
        let ids = args.ids.clone();
        let retried = letters.retry_dead_letters(ids).await.or_fail(FAILED)?;
        all_found(&args.ids, &retried)?;
        retried.len()
    };
    operator::say(format_args!("{count} to be tried again."));
    Ok(())
}

async fn remove(letters: &dyn DeadLetterUseCases, ids: Vec<i64>) -> Result<(), Failure> {
    let removed = letters.remove_dead_letters(ids.clone()).await;
    let removed = removed.or_fail("could not delete messages")?;
    all_found(&ids, &removed)?;
    operator::say(format_args!("{} deleted.", removed.len()));
    Ok(())
}

/// Those that were found are dealt with nevertheless.
fn all_found(asked: &[i64], found: &[i64]) -> Result<(), Failure> {
    let missing = asked.iter().filter(|id| !found.contains(id)).map(i64::to_string);
    let missing: Vec<String> = missing.collect();
    match missing.as_slice() {
        [] => Ok(()),
        _ => Err(Failure::new(format!("there is no dead letter {}", missing.join(", ")))),
    }
}

/// Payloads are left out: they may hold what is nobody's business.
fn line(letter: &DeadLetterRecord) -> String {
    let DeadLetterRecord { message, reason, buried_at } = letter;
    let (id, kind) = (message.id, &message.kind);
    format!("{id}\t{buried_at}\t{kind}\t{}", reason.escape_debug())
}

/// Runs `work` on the dead letters of the configured store.
fn with_dead_letters(
    settings: &Settings,
    work: impl AsyncFnOnce(&dyn DeadLetterUseCases) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let config = settings.check_without_keys().or_fail("could not open the store")?;
    let io = wiring::io_runtime()?;
    io.block_on(async {
        let letters = wiring::open_dead_letters(&config, io.handle()).await?;
        work(&*letters).await
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_letters_that_are_not_there() {
        assert!(all_found(&[1, 2], &[1, 2]).is_ok());
        let failure = all_found(&[1, 2, 3], &[2]).unwrap_err();
        assert_eq!(failure.to_string(), "there is no dead letter 1, 3");
    }
}
