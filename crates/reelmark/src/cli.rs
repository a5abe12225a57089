use clap::{Parser, Subcommand};

use crate::commands::{
    audit, check_config, evaluate, healthcheck, keys, migrate, openapi, queue, serve, user, worker,
};
use crate::config::{ServerArgs, Settings};
use crate::failure::Failure;

/// Rate movies, and see what others think of them.
///
/// Without any setting, `reelmark serve` keeps everything in ./data and needs nothing else.
#[derive(Debug, Parser)]
#[command(name = "reelmark", version, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API, and work behind the scenes
    Serve(serve::ServeArgs),
    /// Work behind the scenes, without answering requests; any number of them share the work
    Worker(Settings),
    /// Bring the store to the schema of this version; `serve` does so by itself
    Migrate(Settings),
    /// Recount all ratings and say which summaries differ
    Audit(audit::AuditArgs),
    /// Measure how good something is
    #[command(subcommand)]
    Evaluate(evaluate::EvaluateCommand),
    /// Print the description of the API in OpenAPI's format
    Openapi,
    /// Look after accounts
    #[command(subcommand)]
    User(user::UserCommand),
    /// Look after the keys of access tokens
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// Look after the messages that travel behind the scenes
    #[command(subcommand)]
    Queue(queue::QueueCommand),
    /// Ask the service at the configured address whether it is ready
    Healthcheck(ServerArgs),
    /// Look after the settings
    #[command(subcommand)]
    Config(ConfigCommand),
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Say whether the settings can be used, and what they amount to
    Check(Settings),
}

impl Cli {
    /// # Errors
    /// [`Failure`] when the command did not do what it was told.
    pub fn run(self) -> Result<(), Failure> {
        match self.command {
            Command::Serve(args) => serve::run(args),
            Command::Worker(settings) => worker::run(&settings),
            Command::Migrate(settings) => migrate::run(&settings),
            Command::Audit(args) => audit::run(&args),
            Command::Evaluate(command) => evaluate::run(command),
            Command::Openapi => openapi::run(),
            Command::User(command) => user::run(command),
            Command::Keys(command) => keys::run(&command),
            Command::Queue(command) => queue::run(command),
            Command::Healthcheck(args) => healthcheck::run(&args),
            Command::Config(ConfigCommand::Check(settings)) => check_config::run(&settings),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn refuses_unknown_flags_and_commands() {
        assert!(Cli::try_parse_from(["reelmark", "serve", "--bind-adress=x"]).is_err());
        assert!(Cli::try_parse_from(["reelmark", "server"]).is_err());
        assert!(Cli::try_parse_from(["reelmark"]).is_err());
    }

    #[test]
    fn help_never_shows_a_secret() {
        let help = |arg: &clap::Arg| arg.is_hide_env_values_set();
        let serve = Cli::command();
        let serve = serve.find_subcommand("serve").unwrap();
        let hidden: Vec<&str> =
            serve.get_arguments().filter(|arg| help(arg)).filter_map(clap::Arg::get_long).collect();
        assert_eq!(
            hidden,
            ["database-url", "redis-url", "amqp-url", "jwt-secret", "jwt-keys", "smtp-url"]
        );
    }
}
