use std::collections::HashSet;
use std::path::{Path, PathBuf};

use clap::Args;
use reelmark_application::ports::{
    CatalogueFiles, CatalogueMovie, ImportItem, ImportRows, SkipReason, SkippedRow,
};
use reelmark_domain::ImdbId;

use super::options::ImportOptions;
use super::run::{Run, movies, open};
use super::source::find_needed;
use crate::failure::{Failure, OrFail};

#[derive(Args, Debug)]
#[command(after_help = "Series, episodes, games and pornography are left out.")]
pub struct ImdbTitlesArgs {
    /// The folder
    folder: PathBuf,

    /// Take movies alone that so many people have rated at IMDb; title.ratings.tsv tells
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    min_votes: u32,

    #[command(flatten)]
    options: ImportOptions,
}

/// The digits of ids, which take a fraction of the memory of the ids.
type WellKnown = HashSet<u64>;

pub fn run(args: &ImdbTitlesArgs) -> Result<(), Failure> {
    let set = args.options.set_name(&args.folder)?;
    let mut movies = movies(find_needed(&args.folder, &["title.basics.tsv"])?)?;
    if args.min_votes > 0 {
        movies.rows = only(movies.rows, well_known(&args.folder, args.min_votes)?);
    }
    Run { set, movies, links: None, ratings: None }.run(&args.options)
}

fn well_known(folder: &Path, min_votes: u32) -> Result<WellKnown, Failure> {
    let path = find_needed(folder, &["title.ratings.tsv"])?;
    let mut well_known = WellKnown::new();
    for item in open(path, CatalogueFiles::title_ratings)?.rows {
        if let ImportItem::Row(row) = item.or_fail("could not import")?
            && row.value.votes >= min_votes
        {
            well_known.extend(digits(&row.value.title));
        }
    }
    Ok(well_known)
}

fn digits(id: &ImdbId) -> Option<u64> {
    id.as_str().trim_start_matches("tt").parse().ok()
}

fn only(rows: ImportRows<CatalogueMovie>, well_known: WellKnown) -> ImportRows<CatalogueMovie> {
    let is_known = move |movie: &CatalogueMovie| {
        let id = movie.facts.external_ids.imdb.as_ref().and_then(digits);
        id.is_some_and(|id| well_known.contains(&id))
    };
    Box::new(rows.map(move |item| match item {
        Ok(ImportItem::Row(row)) if !is_known(&row.value) => {
            let reason = SkipReason::LittleKnown;
            Ok(ImportItem::Skipped(SkippedRow { place: row.place, reason }))
        }
        item => item,
    }))
}
