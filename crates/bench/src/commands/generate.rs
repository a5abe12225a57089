use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::data_args::DataArgs;
use crate::{dataset, progress};

#[derive(Args, Debug)]
pub struct GenerateArgs {
    #[command(flatten)]
    data: DataArgs,

    /// The folder for movies.csv and ratings.csv
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

pub fn run(args: &GenerateArgs) -> Result<()> {
    let dataset = args.data.dataset();
    let bar = progress::of_ratings(&dataset.shape())?;
    dataset::write(&dataset, &args.out, |written| bar.set_position(written))?;
    bar.finish();
    Ok(())
}
