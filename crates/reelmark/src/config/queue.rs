use clap::Args;
use secrecy::{ExposeSecret, SecretString};

use super::value::{given_secret, or_default};
use super::{Problem, Problems};

const AMQP_PREFIX: &str = "reelmark";

/// How messages travel, as typed.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Queue")]
pub struct QueueArgs {
    /// RabbitMQ broker through which workers share their work: amqp://USER:PASSWORD@HOST:PORT/VHOST,
    /// or amqps:// [default: each worker has a queue in its process]
    #[arg(long, env, value_name = "URL", hide_env_values = true)]
    amqp_url: Option<SecretString>,

    /// What the names of all exchanges and queues begin with, so that installations can share a
    /// broker
    #[arg(long, env, value_name = "WORD", default_value = AMQP_PREFIX)]
    amqp_prefix: String,
}

/// How messages travel.
#[derive(Clone, Debug)]
pub enum QueueConfig {
    InProcess,
    RabbitMq { url: SecretString, prefix: String },
}

impl QueueArgs {
    pub fn check(&self, problems: &mut Problems) -> Option<QueueConfig> {
        match given_secret(&self.amqp_url) {
            None => Some(QueueConfig::InProcess),
            Some(url) => problems.keep(rabbitmq(url, or_default(&self.amqp_prefix, AMQP_PREFIX))),
        }
    }
}

fn rabbitmq(url: &SecretString, prefix: &str) -> Result<QueueConfig, Problem> {
    match url.expose_secret().split_once("://") {
        Some(("amqp" | "amqps", host)) if !host.is_empty() => {
            Ok(QueueConfig::RabbitMq { url: url.clone(), prefix: prefix.to_owned() })
        }
        _ => {
            let rule = "must be an address that begins with amqp:// or amqps://";
            Err(Problem::of_secret("AMQP_URL", rule))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: Option<&str>) -> (Option<QueueConfig>, String) {
        let mut problems = Problems::default();
        let args =
            QueueArgs { amqp_url: url.map(SecretString::from), amqp_prefix: AMQP_PREFIX.into() };
        let config = args.check(&mut problems);
        (config, problems.to_string())
    }

    #[test]
    fn is_in_the_process_unless_a_broker_is_given() {
        assert!(matches!(check(None).0, Some(QueueConfig::InProcess)));
        assert!(matches!(check(Some("")).0, Some(QueueConfig::InProcess)));
        for url in ["amqp://localhost", "amqps://ann:hunter2@mq.example.org/%2f"] {
            assert!(matches!(check(Some(url)).0, Some(QueueConfig::RabbitMq { .. })), "{url}");
        }
    }

    #[test]
    fn refuses_what_is_no_broker_without_repeating_a_password() {
        for url in ["http://:hunter2@localhost", "hunter2@localhost", "amqp://"] {
            let (config, problem) = check(Some(url));
            assert!(config.is_none() && problem.contains("AMQP_URL"), "{problem}");
            assert!(!problem.contains("hunter2"), "{problem}");
        }
    }
}
