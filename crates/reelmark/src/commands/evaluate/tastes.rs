use std::fs::{self, File};
use std::path::{Path, PathBuf};

use reelmark_application::ports::{
    CatalogueFile, CatalogueFiles, CatalogueRating, Clock, ImportItem, ListTastes, TasteReader,
};
use reelmark_application::recommendation::{RatedFilm, tastes_of};
use reelmark_domain::{MovieId, Recommender, Taste};
use reelmark_files::ForeignCatalogueFiles;
use reelmark_memory::SystemClock;

use crate::config::Settings;
use crate::failure::{Failure, OrFail};
use crate::{operator, wiring};

/// How many users are read together.
const USERS: usize = 500;

/// What everybody has rated of late: as much as counts, and the last one.
pub fn from_store(settings: &Settings) -> Result<Vec<Taste>, Failure> {
    let config = settings.check().or_fail("could not open the store")?;
    let io = wiring::io_runtime()?;
    io.block_on(async {
        let store = wiring::open_tastes(&config, io.handle()).await?;
        all(&*store).await
    })
}

async fn all(store: &dyn TasteReader) -> Result<Vec<Taste>, Failure> {
    const FAILED: &str = "could not read the ratings";
    let (mut tastes, mut after) = (vec![], 0);
    loop {
        let list = ListTastes { after, users: USERS, latest: Recommender::LATEST + 1 };
        let page = store.list(list).await.or_fail(FAILED)?;
        for record in page.tastes {
            tastes.push(Taste::try_from(record).or_fail(FAILED)?);
        }
        match page.last {
            Some(last) => after = last,
            None => return Ok(tastes),
        }
    }
}

/// What everybody has rated, from the files of a data set.
pub fn from_folder(folder: &Path, seed: u64) -> Result<Vec<Taste>, Failure> {
    let path = ratings_file(folder)?;
    let failed = format!("could not read {}", path.display());
    let content = Box::new(File::open(&path).or_fail(failed.clone())?);
    let file = CatalogueFile { name: path.display().to_string(), content, now: SystemClock.now() };
    let (mut rated, mut left_out) = (vec![], 0_u64);
    for item in ForeignCatalogueFiles.ratings(file).or_fail(failed.clone())? {
        match item.or_fail(failed.clone())? {
            ImportItem::Row(row) => rated.extend(rated_film(row.value)),
            ImportItem::Rejected(_) => left_out += 1,
            ImportItem::Skipped(_) | ImportItem::Warning(_) => {}
        }
    }
    if left_out > 0 {
        operator::say(format_args!("{left_out} rows break a rule and were left out."));
    }
    Ok(tastes_of(rated, seed))
}

fn rated_film(rating: CatalogueRating) -> Option<RatedFilm> {
    let CatalogueRating { rater, movie, score, rated_at } = rating;
    Some(RatedFilm { rater, movie: MovieId::parse(movie).ok()?, score, at: rated_at.get() })
}

/// `ratings.csv`, or the one file of this folder that ends in `.inter`.
fn ratings_file(folder: &Path) -> Result<PathBuf, Failure> {
    let csv = folder.join("ratings.csv");
    if csv.is_file() {
        return Ok(csv);
    }
    let entries = fs::read_dir(folder);
    let entries = entries.or_fail(format!("could not look into {}", folder.display()))?;
    let mut paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let inter = paths.find(|path| path.extension().is_some_and(|kind| kind == "inter"));
    let missing = || Failure::new(format!("there is no ratings.csv in {}", folder.display()));
    inter.ok_or_else(missing)
}
