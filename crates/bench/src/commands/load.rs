use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use reelmark_application::ports::Clock;
use reelmark_memory::SystemClock;
use tokio::runtime::Runtime;

use super::data_args::DataArgs;
use crate::{load, progress};

#[derive(Args, Debug)]
pub struct LoadArgs {
    #[command(flatten)]
    data: DataArgs,

    #[command(flatten)]
    store: StoreArgs,
}

#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
struct StoreArgs {
    /// An empty PostgreSQL database: postgres://USER@HOST:PORT/DATABASE
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,

    /// A SQLite file to make, such as FOLDER/reelmark.sqlite3, where FOLDER is the service's DATA_DIR
    #[arg(long, value_name = "FILE")]
    sqlite: Option<PathBuf>,
}

pub fn run(args: &LoadArgs) -> Result<()> {
    let dataset = args.data.dataset();
    let bar = progress::of_ratings(&dataset.shape())?;
    let runtime = Runtime::new()?;
    if let Some(url) = &args.store.database_url {
        runtime.block_on(load::postgres(url, &dataset, &bar))?;
    }
    if let Some(path) = &args.store.sqlite {
        runtime.block_on(load::sqlite(path, &dataset, SystemClock.now(), &bar))?;
    }
    bar.finish();
    Ok(())
}
