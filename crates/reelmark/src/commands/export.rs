use std::io::{BufWriter, Write, stdout};
use std::path::PathBuf;

use clap::{Args, Subcommand};
use reelmark_application::instance_export::{export_movies, export_ratings};
use reelmark_application::ports::{ExportFiles, ExportTarget, InstanceExportReader};
use reelmark_files::PortableExportFiles;

use crate::config::Settings;
use crate::failure::{Failure, OrFail};
use crate::finished_file::FinishedFile;
use crate::{operator, wiring};

const FAILED: &str = "could not export";

#[derive(Debug, Subcommand)]
pub enum ExportCommand {
    /// Write all ratings as CSV, by the numbers of users and movies, private ones included
    Ratings(ExportArgs),
    /// Write all movies as CSV
    Movies(ExportArgs),
}

#[derive(Args, Debug)]
#[command(
    after_help = "Written while the service runs, it has every row that was there all the while."
)]
pub struct ExportArgs {
    /// Where to; standard output unless it is given
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Clone, Copy)]
enum What {
    Ratings,
    Movies,
}

pub fn run(command: &ExportCommand) -> Result<(), Failure> {
    match command {
        ExportCommand::Ratings(args) => export(What::Ratings, args),
        ExportCommand::Movies(args) => export(What::Movies, args),
    }
}

fn export(what: What, args: &ExportArgs) -> Result<(), Failure> {
    let config = args.settings.check_without_keys().or_fail("could not open the store")?;
    let io = wiring::io_runtime()?;
    io.block_on(async {
        let everything = wiring::open_instance_export(&config, io.handle()).await?;
        let Some(path) = &args.output else {
            write(&*everything, what, Box::new(BufWriter::new(stdout()))).await?;
            return stdout().flush().or_fail(FAILED);
        };
        let file = FinishedFile::create(path).or_fail(FAILED)?;
        let target = file.writer().or_fail(FAILED)?;
        let rows = write(&*everything, what, Box::new(BufWriter::new(target))).await?;
        file.finish().or_fail(FAILED)?;
        operator::say(format_args!("{rows} rows are in {}.", path.display()));
        Ok(())
    })
}

async fn write(
    everything: &dyn InstanceExportReader,
    what: What,
    target: ExportTarget,
) -> Result<u64, Failure> {
    let files = PortableExportFiles;
    match what {
        What::Ratings => {
            let sink = files.ratings(target).or_fail(FAILED)?;
            export_ratings(everything, sink).await.or_fail(FAILED)
        }
        What::Movies => {
            let sink = files.movies(target).or_fail(FAILED)?;
            export_movies(everything, sink).await.or_fail(FAILED)
        }
    }
}
