use clap::Args;
use secrecy::{ExposeSecret, SecretString};

use super::value::given_secret;
use super::{Problem, Problems};

/// Where copies are kept, as typed.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Cache")]
pub struct CacheArgs {
    /// Redis server that replicas share their cache on: redis://USER:PASSWORD@HOST:PORT/NUMBER
    /// [default: the cache is in this process, for a service that runs alone]
    #[arg(long, env, value_name = "URL", hide_env_values = true)]
    redis_url: Option<SecretString>,
}

/// Where copies are kept.
#[derive(Clone, Debug)]
pub enum CacheConfig {
    InProcess,
    Redis { url: SecretString },
}

impl CacheArgs {
    pub fn check(&self, problems: &mut Problems) -> Option<CacheConfig> {
        match given_secret(&self.redis_url) {
            None => Some(CacheConfig::InProcess),
            Some(url) => problems.keep(redis(url)),
        }
    }
}

fn redis(url: &SecretString) -> Result<CacheConfig, Problem> {
    match url.expose_secret().split_once("://") {
        Some(("redis", host)) if !host.is_empty() => Ok(CacheConfig::Redis { url: url.clone() }),
        _ => Err(Problem::of_secret("REDIS_URL", "must be an address that begins with redis://")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: Option<&str>) -> (Option<CacheConfig>, String) {
        let mut problems = Problems::default();
        let args = CacheArgs { redis_url: url.map(SecretString::from) };
        let config = args.check(&mut problems);
        (config, problems.to_string())
    }

    #[test]
    fn is_in_the_process_unless_redis_is_given() {
        let is_here = |url| matches!(check(url).0, Some(CacheConfig::InProcess));
        assert!(is_here(None));
        assert!(is_here(Some("")));
        assert!(!is_here(Some("redis://localhost")));
    }

    #[test]
    fn refuses_what_is_no_redis_without_repeating_a_password() {
        for url in ["http://:hunter2@localhost", "hunter2@localhost", "redis://"] {
            let (config, problems) = check(Some(url));
            assert!(config.is_none());
            assert!(problems.contains("REDIS_URL"), "{problems}");
            assert!(!problems.contains("hunter2"), "{problems}");
        }
    }
}
