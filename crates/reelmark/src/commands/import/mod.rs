//! What comes in from files, by the million.
//!
//! It works beside a running service: each chunk is one transaction, which keeps the summaries right.

mod imdb_titles;
mod movielens;
mod movies;
mod options;
mod personal;
mod progress;
mod rejects;
mod run;
mod source;

use clap::Subcommand;

use crate::failure::Failure;

#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Take movies and ratings from a folder with the files of MovieLens (movies.csv, ratings.csv,
    /// links.csv), of ml-100k (.item, .inter), or of `reelmark export`; each may be packed by gzip
    Movielens(movielens::MovielensArgs),
    /// Take movies from a folder with IMDb's dumps (title.basics.tsv, title.ratings.tsv), packed by
    /// gzip or not
    ImdbTitles(imdb_titles::ImdbTitlesArgs),
    /// Take movies from a CSV file whose columns are those of `reelmark export movies`; only the
    /// title is needed
    Movies(movies::MoviesArgs),
    /// Take somebody's ratings from a file of Letterboxd, IMDb, Trakt or MovieLens
    Personal(personal::PersonalArgs),
}

pub fn run(command: &ImportCommand) -> Result<(), Failure> {
    match command {
        ImportCommand::Movielens(args) => movielens::run(args),
        ImportCommand::ImdbTitles(args) => imdb_titles::run(args),
        ImportCommand::Movies(args) => movies::run(args),
        ImportCommand::Personal(args) => personal::run(args),
    }
}
