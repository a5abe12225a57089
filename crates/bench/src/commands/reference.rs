use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::reference;

#[derive(Args, Debug)]
pub struct ReferenceArgs {
    /// A file that holds an answer of the service as it came over the wire
    #[arg(long, value_name = "FILE", global = true, default_value = "answer.http")]
    answer: PathBuf,

    #[command(subcommand)]
    kind: Kind,
}

#[derive(Debug, Subcommand)]
enum Kind {
    /// Answer with the same bytes
    Canned,
    /// Run one prepared query first
    Queried { url: String },
    /// Get the body from Redis first
    Cached { url: String },
}

pub fn run(args: &ReferenceArgs) -> Result<()> {
    match &args.kind {
        Kind::Canned => reference::canned(&args.answer),
        Kind::Queried { url } => reference::queried(&args.answer, url),
        Kind::Cached { url } => reference::cached(&args.answer, url),
    }
}
