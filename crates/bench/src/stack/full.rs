use std::path::Path;
use std::process::Command;

use anyhow::Result;
use reelmark_testkit::servers::{EphemeralPostgres, EphemeralRedis};

use super::served::{Served, free_of_limits};
use crate::dataset::Dataset;
use crate::load::{self, JWT_SECRET};
use crate::progress;

/// What the server is told beyond what its packages say. Durability stays as it is.
const SETTINGS: [&str; 4] = [
    "shared_buffers = '1GB'",
    "max_wal_size = '8GB'",
    "checkpoint_timeout = '30min'",
    // The outbox is emptied between rounds, and nothing else dies in numbers.
    "autovacuum = off",
];

/// PostgreSQL and Redis with a data set in them.
pub struct Full {
    pub postgres: EphemeralPostgres,
    pub redis: EphemeralRedis,
    pub url: String,
}

impl Full {
    /// Starts the servers and fills them.
    pub fn start(dataset: &Dataset) -> Result<Self> {
        let postgres = EphemeralPostgres::start_durable();
        for setting in SETTINGS {
            postgres.query(&postgres.url("postgres"), &format!("ALTER SYSTEM SET {setting}"));
        }
        postgres.restart();
        let url = postgres.create_database();
        let full = Self { postgres, redis: EphemeralRedis::start(), url };
        full.fill(&full.url, dataset)?;
        Ok(full)
    }

    /// Fills a new database of the server.
    pub fn fill(&self, url: &str, dataset: &Dataset) -> Result<()> {
        let bar = progress::of_ratings(&dataset.shape())?;
        tokio::runtime::Runtime::new()?.block_on(load::postgres(url, dataset, &bar))?;
        bar.finish_and_clear();
        Ok(())
    }

    /// Starts the service on one of the databases; `arguments` come behind `serve`.
    pub fn serve(
        &self,
        program: &Path,
        scratch: &Path,
        url: &str,
        arguments: &[&str],
    ) -> Result<Served> {
        let mut command = Command::new(program);
        free_of_limits(&mut command)
            .arg("serve")
            .args(arguments)
            .env("DATABASE_URL", url)
            .env("REDIS_URL", self.redis.url())
            .env("JWT_SECRET", JWT_SECRET)
            .env("DATA_DIR", scratch.join("data"));
        Served::start(command, scratch, "/health/ready", |status| status == 200)
    }

    /// Takes away the messages of the last run, which no worker takes.
    pub fn empty_outbox(&self) {
        self.postgres.query(&self.url, "TRUNCATE outbox_messages");
    }
}
