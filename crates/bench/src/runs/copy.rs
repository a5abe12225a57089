//! COPY into the table of ratings as it is, indexes and references included: what an import is held
//! against.

use std::time::Instant;

use anyhow::Result;
use indicatif::ProgressBar;
use tokio::runtime::Runtime;

use crate::bench::Bench;
use crate::dataset::Dataset;
use crate::load;
use crate::report::{Bar, Finding};

pub fn run(bench: &Bench) -> Result<Vec<Finding>> {
    let full = bench.full()?;
    let url = full.postgres.create_database();
    let ratings = bench.dataset.shape().ratings.min(1_000_000);
    let dataset = Dataset::new(ratings, bench.seed());
    full.fill(&url, &dataset)?;
    full.postgres.query(&url, "TRUNCATE ratings");
    let began = Instant::now();
    Runtime::new()?.block_on(async {
        let client = load::connect(&url).await?;
        load::copy_ratings(&client, dataset.ratings(), &ProgressBar::hidden()).await
    })?;
    let per_second = ratings as f64 / began.elapsed().as_secs_f64();
    let figures = format!("{ratings} rows, once");
    let finding = Finding::new("COPY of ratings, all indexes kept", Bar::None, per_second, "/s");
    Ok(vec![finding.with(figures, [])])
}
