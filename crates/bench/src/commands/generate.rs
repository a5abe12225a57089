use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::dataset::{self, Dataset, FULL_RATINGS, Shape};

#[derive(Args, Debug)]
pub struct GenerateArgs {
    /// How many ratings; users and movies follow
    #[arg(long, value_name = "NUMBER", default_value_t = FULL_RATINGS)]
    ratings: u64,

    /// The folder for movies.csv and ratings.csv
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,

    /// The same seed gives the same data
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
}

pub fn run(args: &GenerateArgs) -> Result<()> {
    let allowed = Shape::MIN_RATINGS..=FULL_RATINGS;
    ensure!(allowed.contains(&args.ratings), "--ratings must be between 1000 and {FULL_RATINGS}");
    let dataset = Dataset::new(args.ratings, args.seed);
    let Shape { ratings, users, movies } = dataset.shape();
    let bar = bar(ratings)?;
    bar.println(format!("{ratings} ratings of {movies} movies by {users} users"));
    dataset::write(&dataset, &args.out, |written| bar.set_position(written))?;
    bar.finish();
    Ok(())
}

fn bar(length: u64) -> Result<ProgressBar> {
    let template = "{elapsed_precise} {bar:40} {human_pos} of {human_len} ratings, {eta} left";
    Ok(ProgressBar::new(length).with_style(ProgressStyle::with_template(template)?))
}
