use clap::{Args, Command};

use super::{
    CacheArgs, CacheConfig, Database, LogArgs, LogConfig, MailArgs, MailConfig, Problems,
    QueueArgs, QueueConfig, SecurityArgs, SecurityConfig, ServerArgs, ServerConfig, StoreArgs,
    StoreConfig, environment,
};

/// All settings, as typed.
#[derive(Args, Clone, Debug)]
pub struct Settings {
    #[command(flatten)]
    pub server: ServerArgs,
    #[command(flatten)]
    pub store: StoreArgs,
    #[command(flatten)]
    pub cache: CacheArgs,
    #[command(flatten)]
    pub queue: QueueArgs,
    #[command(flatten)]
    pub security: SecurityArgs,
    #[command(flatten)]
    pub mail: MailArgs,
    #[command(flatten)]
    pub log: LogArgs,
}

/// All settings, checked.
#[derive(Clone, Debug)]
pub struct Config {
    pub server: ServerConfig,
    pub store: StoreConfig,
    pub cache: CacheConfig,
    pub queue: QueueConfig,
    pub security: SecurityConfig,
    pub mail: MailConfig,
    pub log: LogConfig,
    /// Settings that are set and do nothing yet.
    pub not_yet_supported: Vec<&'static str>,
}

/// Whether tokens will be checked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    Needed,
    Unused,
}

impl Settings {
    /// # Errors
    /// All [`Problems`] at once.
    pub fn check(&self) -> Result<Config, Problems> {
        self.check_beside(&variables(), Keys::Needed)
    }

    /// For what answers no requests, and so needs no keys to check tokens with.
    ///
    /// # Errors
    /// All [`Problems`] at once.
    pub fn check_without_keys(&self) -> Result<Config, Problems> {
        self.check_beside(&variables(), Keys::Unused)
    }

    fn check_beside(&self, variables: &[String], keys: Keys) -> Result<Config, Problems> {
        let mut problems = Problems::default();
        environment::check(variables, &names(), &mut problems);
        let config = self.sections(&mut problems, variables, keys);
        match config {
            Some(config) if problems.is_empty() => Ok(config),
            _ => Err(problems),
        }
    }

    fn sections(
        &self,
        problems: &mut Problems,
        variables: &[String],
        keys: Keys,
    ) -> Option<Config> {
        let server = self.server.check(problems);
        let store = self.store.check(problems);
        let cache = self.cache.check(problems);
        let mail = self.mail.check(&self.store.data_dir(), server.as_ref(), problems);
        let queue = self.queue.check(problems);
        let is_alone = is_alone(store.as_ref(), cache.as_ref(), queue.as_ref());
        let may_lack_keys = is_alone || keys == Keys::Unused;
        let security = self.security.check(may_lack_keys, problems);
        let log = self.log.check(problems);
        Some(Config {
            server: server?,
            store: store?,
            cache: cache?,
            queue: queue?,
            security: security?,
            mail: mail?,
            log: log?,
            not_yet_supported: environment::not_yet_supported(variables),
        })
    }
}

impl Config {
    /// Whether this process is the whole installation: nothing that another one could share.
    pub fn is_embedded(&self) -> bool {
        is_alone(Some(&self.store), Some(&self.cache), Some(&self.queue))
    }
}

/// What can't be read gets no second complaint about what follows from it.
fn is_alone(
    store: Option<&StoreConfig>,
    cache: Option<&CacheConfig>,
    queue: Option<&QueueConfig>,
) -> bool {
    let is_file = |store: &StoreConfig| matches!(store.database, Database::Sqlite { .. });
    let is_here = |cache: &CacheConfig| matches!(cache, CacheConfig::InProcess);
    let is_inside = |queue: &QueueConfig| matches!(queue, QueueConfig::InProcess);
    store.is_none_or(is_file) && cache.is_none_or(is_here) && queue.is_none_or(is_inside)
}

/// The names of all variables there are. Values are read by clap, those of settings alone.
fn variables() -> Vec<String> {
    let names = std::env::vars_os().map(|(name, _)| name.into_string());
    names.filter_map(Result::ok).collect()
}

/// The names of all settings.
fn names() -> Vec<String> {
    let command = Settings::augment_args(Command::new("reelmark"));
    let names = command.get_arguments().filter_map(|arg| arg.get_env());
    names.map(|name| name.to_string_lossy().into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::TokenKeys;
    use clap::FromArgMatches;
    use clap::builder::Resettable;

    /// Checks what flags say, whatever the environment of the tests holds.
    fn check(flags: &[&str]) -> Result<Config, String> {
        check_for(flags, Keys::Needed)
    }

    fn check_for(flags: &[&str], keys: Keys) -> Result<Config, String> {
        let command = Settings::augment_args(Command::new("reelmark"));
        let command = command.mut_args(|arg| arg.env(Resettable::Reset));
        let matches = command.get_matches_from(["reelmark"].iter().chain(flags));
        let settings = Settings::from_arg_matches(&matches).unwrap();
        let config = settings.check_beside(&[], keys);
        config.map_err(|problems| problems.to_string())
    }

    #[test]
    fn every_setting_is_a_variable_and_a_flag_with_help() {
        let command = Settings::augment_args(Command::new("reelmark"));
        for arg in command.get_arguments() {
            let flag = arg.get_long().unwrap().to_owned();
            let variable = arg.get_env().unwrap().to_string_lossy().into_owned();
            assert_eq!(variable, flag.to_uppercase().replace('-', "_"));
            assert!(arg.get_help().is_some(), "{flag} has no help");
        }
        assert_eq!(names().len(), 25);
    }

    #[test]
    fn runs_alone_without_any_setting() {
        let config = check(&[]).unwrap();
        assert!(config.is_embedded());
        assert!(matches!(config.security.keys, TokenKeys::OwnSecret));
        assert_eq!(config.server.bind_address, "127.0.0.1:8080");
        assert!(config.store.with_starter_catalogue);
    }

    #[test]
    fn shared_engines_need_a_shared_secret() {
        for flags in [
            ["--database-url", "postgres://localhost/reelmark"],
            ["--redis-url", "redis://localhost"],
            ["--amqp-url", "amqp://localhost"],
        ] {
            let problem = check(&flags).unwrap_err();
            assert!(problem.starts_with("JWT_SECRET"), "{problem}");
        }
    }

    #[test]
    fn what_answers_no_requests_needs_no_secret() {
        let flags = ["--database-url", "postgres://localhost/reelmark"];
        assert!(check_for(&flags, Keys::Unused).is_ok());
        assert!(check_for(&["--jwt-secret", "short"], Keys::Unused).is_err());
    }

    #[test]
    fn reports_all_problems_at_once() {
        let flags = ["--bind-address=here", "--bcrypt-cost=4", "--log-format=xml"];
        let problems = check(&flags).unwrap_err();
        for name in ["BIND_ADDRESS", "BCRYPT_COST", "LOG_FORMAT"] {
            assert!(problems.contains(name), "{problems}");
        }
        assert!(!problems.contains("JWT_SECRET"), "{problems}");
    }
}
