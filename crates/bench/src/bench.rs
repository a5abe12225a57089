//! What all runs share.

use std::cell::OnceCell;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use tempfile::TempDir;

use crate::dataset::{Dataset, Shape};
use crate::http;
use crate::measure::Load;
use crate::rounds::{Series, Subject, alternate};
use crate::stack::{Embedded, Full, Served};
use crate::tools::Wrk;

/// How many connections stay open, unless a bar says otherwise.
pub const CONNECTIONS: u32 = 64;

/// How long and how often to measure.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    pub rounds: u32,
    pub seconds: u32,
}

/// The program under test, the data, and the servers, which are started when a run first needs them.
pub struct Bench {
    pub program: PathBuf,
    pub effort: Effort,
    pub dataset: Dataset,
    pub growth: Vec<u64>,
    scratch: TempDir,
    full: OnceCell<Full>,
    embedded: OnceCell<Embedded>,
}

impl Bench {
    pub fn new(
        program: PathBuf,
        effort: Effort,
        dataset: Dataset,
        growth: Vec<u64>,
    ) -> Result<Self> {
        let scratch = tempfile::Builder::new().prefix("reelmark-bench-").tempdir()?;
        let (full, embedded) = (OnceCell::new(), OnceCell::new());
        Ok(Self { program, effort, dataset, growth, scratch, full, embedded })
    }

    pub fn scratch(&self) -> &Path {
        self.scratch.path()
    }

    pub fn seed(&self) -> u64 {
        self.dataset.seed()
    }

    pub fn most_popular(&self) -> u32 {
        self.dataset.by_popularity().first().copied().unwrap_or(1)
    }

    /// The data set in words.
    pub fn describe_data(&self) -> String {
        let Shape { ratings, users, movies } = self.dataset.shape();
        format!("{ratings} ratings of {movies} movies by {users} users")
    }

    /// PostgreSQL and Redis with the data set in them.
    pub fn full(&self) -> Result<&Full> {
        if self.full.get().is_none() {
            let _ = self.full.set(Full::start(&self.dataset)?);
        }
        self.full.get().ok_or_else(|| anyhow::anyhow!("the servers were just started"))
    }

    /// A SQLite file with the data set in it.
    pub fn embedded(&self) -> Result<&Embedded> {
        if self.embedded.get().is_none() {
            let _ = self.embedded.set(Embedded::fill(self.scratch(), &self.dataset)?);
        }
        self.embedded.get().ok_or_else(|| anyhow::anyhow!("the file was just made"))
    }

    /// The service on PostgreSQL and Redis, without a worker.
    pub fn serve_full(&self) -> Result<Served> {
        let full = self.full()?;
        full.serve(&self.program, self.scratch(), &full.url, &["--no-worker"])
    }

    /// The service on SQLite.
    pub fn serve_embedded(&self) -> Result<Served> {
        self.embedded()?.serve(&self.program, self.scratch())
    }

    /// A reference that gives the answer which the service has just given to this request.
    pub fn reference(
        &self,
        like: SocketAddr,
        path: &str,
        headers: &str,
        kind: &[&str],
    ) -> Result<Served> {
        let answer = self.scratch().join("answer.http");
        fs::write(&answer, http::get(like, path, headers)?)?;
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("reference").args(kind).arg("--answer").arg(&answer);
        Served::start(command, self.scratch(), "/", |_| true)
    }

    /// Puts a URL under the usual load; `script` is Lua for wrk.
    pub fn load(&self, url: String, script: &str) -> Result<Load> {
        let seconds = self.effort.seconds;
        Wrk { url, connections: CONNECTIONS, seconds, script }.run(self.scratch())
    }

    /// A subject that is put under the usual load.
    pub fn subject<'a>(
        &'a self,
        name: &'static str,
        served: &'a Served,
        path: &'a str,
        script: &'a str,
    ) -> Subject<'a> {
        Subject::new(name, move || self.load(served.url(path), script))
    }

    pub fn alternate<const N: usize>(&self, subjects: [Subject<'_>; N]) -> Result<[Series; N]> {
        alternate(self.effort.rounds, subjects)
    }
}
