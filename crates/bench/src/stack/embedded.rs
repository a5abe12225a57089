use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use reelmark_application::ports::Clock;
use reelmark_memory::SystemClock;

use super::served::{Served, free_of_limits};
use crate::dataset::Dataset;
use crate::load::{self, JWT_SECRET};
use crate::progress;

/// What the service calls its file.
const DATABASE_FILE: &str = "reelmark.sqlite3";

/// A SQLite file with a data set in it.
pub struct Embedded {
    folder: PathBuf,
}

impl Embedded {
    /// Makes and fills the file.
    pub fn fill(scratch: &Path, dataset: &Dataset) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("embedded-").tempdir_in(scratch)?.keep();
        let embedded = Self { folder };
        let bar = progress::of_ratings(&dataset.shape())?;
        let (file, now) = (embedded.file(), SystemClock.now());
        let filled = load::sqlite(&file, dataset, now, &bar);
        tokio::runtime::Runtime::new()?.block_on(filled)?;
        bar.finish_and_clear();
        Ok(embedded)
    }

    pub fn file(&self) -> PathBuf {
        self.folder.join(DATABASE_FILE)
    }

    /// Starts the service on it, with its worker inside.
    pub fn serve(&self, program: &Path, scratch: &Path) -> Result<Served> {
        let mut command = Command::new(program);
        free_of_limits(&mut command)
            .arg("serve")
            .env("DATA_DIR", &self.folder)
            .env("JWT_SECRET", JWT_SECRET);
        Served::start(command, scratch, "/health/ready", |status| status == 200)
    }
}
