use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use reelmark_application::ports::Clock;
use reelmark_memory::SystemClock;

use crate::bench::{Bench, Effort};
use crate::dataset::Dataset;
use crate::report;
use crate::runs;

/// How many ratings the data set has, and how many movies at least.
const USUAL: (u64, u32) = (1_000_000, 87_585);
const TINY: (u64, u32) = (20_000, 0);

#[derive(Args, Debug)]
pub struct RunArgs {
    /// The service's binary
    #[arg(long, value_name = "FILE", default_value = "target/release/reelmark")]
    binary: PathBuf,

    /// Only these runs
    #[arg(long, value_name = "NAME", num_args = 1.., value_parser = names())]
    only: Vec<String>,

    /// How often each figure is measured
    #[arg(long, value_name = "NUMBER", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,

    /// How long each round takes
    #[arg(long, value_name = "NUMBER", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    seconds: u32,

    /// How many ratings the data set has
    #[arg(long, value_name = "NUMBER", default_value_t = USUAL.0)]
    ratings: u64,

    /// The sizes of the data sets that are compared, in ratings; the full bar is 1000000 10000000
    /// 32000204
    #[arg(long, value_name = "NUMBER", num_args = 0.., default_values_t = [100_000, 1_000_000])]
    growth: Vec<u64>,

    /// See in two minutes whether everything works: tiny data, one round of a second, no judgement
    #[arg(long)]
    smoke: bool,

    /// Write the results to this file as well
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
}

pub fn run(args: &RunArgs) -> Result<()> {
    ensure!(args.binary.is_file(), "{} is missing: `make bench` builds it", args.binary.display());
    let bench = args.bench()?;
    let chosen = runs::ALL
        .iter()
        .filter(|run| args.only.is_empty() || args.only.iter().any(|name| name == run.name));
    let chosen: Vec<_> = chosen.collect();
    let bar = ProgressBar::new(chosen.len() as u64)
        .with_style(ProgressStyle::with_template("{elapsed_precise} {pos} of {len}: {msg}")?);
    let (mut findings, mut failures) = (Vec::new(), Vec::new());
    for run in chosen {
        bar.set_message(run.name);
        match (run.measure)(&bench) {
            Ok(found) => findings.extend(found),
            Err(error) => failures.push(format!("{} could not be measured: {error:#}", run.name)),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    write!(io::stdout(), "{}", report::table(&findings, !args.smoke))?;
    if let Some(file) = &args.write {
        let command: Vec<String> = std::env::args().skip(1).collect();
        let command = format!("reelmark-bench {}", command.join(" "));
        let day = SystemClock.now().date().to_string();
        fs::write(file, report::document(&findings, &command, &bench.describe_data(), &day))?;
    }
    ensure!(failures.is_empty(), "{}", failures.join("\n"));
    Ok(())
}

impl RunArgs {
    fn bench(&self) -> Result<Bench> {
        let usual = Effort { rounds: self.rounds, seconds: self.seconds };
        let binary = self.binary.canonicalize()?;
        if self.smoke {
            let effort = Effort { rounds: 1, seconds: 1 };
            let dataset = Dataset::with_movies(TINY.0, TINY.1, 1);
            return Bench::new(binary, effort, dataset, vec![5_000, 20_000]);
        }
        let dataset = Dataset::with_movies(self.ratings, USUAL.1, 1);
        Bench::new(binary, usual, dataset, self.growth.clone())
    }
}

fn names() -> Vec<&'static str> {
    runs::ALL.iter().map(|run| run.name).collect()
}
