//! An import of MovieLens' files, held against COPY into the table of ratings as it is, indexes and
//! references included.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use indicatif::ProgressBar;
use tokio::runtime::Runtime;

use crate::bench::Bench;
use crate::dataset::{self, Dataset};
use crate::load;
use crate::report::{Bar, Finding};
use crate::stack::Full;

pub fn run(bench: &Bench) -> Result<Vec<Finding>> {
    let full = bench.full()?;
    let ratings = bench.dataset.shape().ratings.min(1_000_000);
    let dataset = Dataset::new(ratings, bench.seed());
    let copied = ratings as f64 / copy(full, &dataset)?;
    let imported = ratings as f64 / import(bench, full, &dataset)?;
    let figures = format!("{ratings} rows, once");
    let reference = Finding::new("COPY of ratings, all indexes kept", Bar::None, copied, "/s");
    let what = "import of ratings.csv, its movies known, beside COPY";
    let beside = format!("{imported:.0}/s; COPY {copied:.0}/s");
    let import = Finding::new(what, Bar::AtLeast(0.5), imported / copied, "×");
    Ok(vec![reference.with(figures, []), import.with(beside, [])])
}

/// Seconds that COPY takes.
fn copy(full: &Full, dataset: &Dataset) -> Result<f64> {
    let url = full.postgres.create_database();
    full.fill(&url, dataset)?;
    full.postgres.query(&url, "TRUNCATE ratings");
    let began = Instant::now();
    Runtime::new()?.block_on(async {
        let client = load::connect(&url).await?;
        load::copy_ratings(&client, dataset.ratings(), &ProgressBar::hidden()).await
    })?;
    Ok(began.elapsed().as_secs_f64())
}

/// Seconds that an import takes which finds all movies there.
fn import(bench: &Bench, full: &Full, dataset: &Dataset) -> Result<f64> {
    let folder = bench.scratch().join("ml-bench");
    dataset::write(dataset, &folder, |_| {})?;
    let ratings = folder.join("ratings.csv");
    let aside = folder.join("ratings.aside");
    std::fs::rename(&ratings, &aside)?;
    let url = full.postgres.create_database();
    import_folder(bench, &url, &folder)?;
    std::fs::rename(&aside, &ratings)?;
    let began = Instant::now();
    import_folder(bench, &url, &folder)?;
    Ok(began.elapsed().as_secs_f64())
}

fn import_folder(bench: &Bench, url: &str, folder: &Path) -> Result<()> {
    let mut command = Command::new(&bench.program);
    command.args(["import", "movielens"]).arg(folder).env("DATABASE_URL", url);
    let output = command.output().with_context(|| format!("{command:?} can't be started"))?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}
