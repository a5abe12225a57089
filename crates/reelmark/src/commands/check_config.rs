use crate::config::{CacheConfig, Config, Database, QueueConfig, Settings, TokenKeys};
use crate::failure::{Failure, OrFail};
use crate::{operator, wiring};

pub fn run(settings: &Settings) -> Result<(), Failure> {
    let config = settings.check().or_fail("the settings can't be used")?;
    let io = wiring::io_runtime()?;
    wiring::check(&config, io.handle())?;
    operator::say("The settings can be used.");
    for line in summary(&config) {
        operator::say(format_args!("  {line}"));
    }
    for setting in &config.not_yet_supported {
        operator::say(format_args!("  {setting} is not yet supported and does nothing"));
    }
    Ok(())
}

/// What the settings amount to, without anything secret.
fn summary(config: &Config) -> Vec<String> {
    let store = match &config.store.database {
        Database::Sqlite { file } => format!("SQLite, in {}", file.display()),
        Database::Postgres { connections, .. } => {
            format!("PostgreSQL, over up to {connections} connections")
        }
    };
    let cache = match &config.cache {
        CacheConfig::InProcess => "in this process",
        CacheConfig::Redis { .. } => "Redis",
    };
    let queue = match &config.queue {
        QueueConfig::InProcess => "in this process",
        QueueConfig::RabbitMq { .. } => "RabbitMQ",
    };
    let keys = match &config.security.keys {
        TokenKeys::Given(_) => "from the settings",
        TokenKeys::OwnSecret => "of its own, in the data folder",
    };
    vec![
        format!("listens on: {}", config.server.bind_address),
        format!("store: {store}"),
        format!("cache: {cache}"),
        format!("queue: {queue}"),
        format!("keys of access tokens: {keys}"),
    ]
}
