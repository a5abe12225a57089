use std::collections::HashSet;

use reelmark_application::catalogue_import::{
    CatalogueImport, ImportCounts, ImportSet, ImportSetName, Links, RatingFiles,
};
use reelmark_application::ports::{
    CatalogueFiles, CatalogueLink, CatalogueMovie, CatalogueRating, ImportFileError, ImportRows,
};
use reelmark_files::ForeignCatalogueFiles;

use super::options::ImportOptions;
use super::progress::Progress;
use super::rejects::Rejects;
use super::source::Source;
use crate::failure::{Failure, OrFail};
use crate::{operator, wiring};

const FAILED: &str = "could not import";

/// A file that was opened and has rows.
pub struct Opened<T> {
    pub source: Source,
    pub rows: ImportRows<T>,
}

/// The files of one import, and what to do with them. All are opened before anything is stored, so
/// that a file that can't be read spoils nothing.
pub struct Run {
    pub set: ImportSetName,
    pub links: Option<Opened<CatalogueLink>>,
    pub movies: Opened<CatalogueMovie>,
    pub ratings: Option<Opened<CatalogueRating>>,
}

/// An import that is under way.
struct UnderWay<'a> {
    import: &'a CatalogueImport,
    set: ImportSet,
    rejects: Rejects,
    is_trial: bool,
    has_changes: bool,
}

/// Opens a file as what `read` says it is, and looks at its first row: a file may have none.
pub fn open<T: Send + 'static>(
    path: std::path::PathBuf,
    read: fn(
        &ForeignCatalogueFiles,
        reelmark_application::ports::CatalogueFile,
    ) -> Result<ImportRows<T>, ImportFileError>,
) -> Result<Opened<T>, Failure> {
    let (source, file) = Source::open(path)?;
    let mut rows = read(&ForeignCatalogueFiles, file).or_fail(FAILED)?;
    let first = rows.next().transpose().or_fail(FAILED)?;
    let rows = source.counted(Box::new(first.map(Ok).into_iter().chain(rows)));
    Ok(Opened { source, rows })
}

pub fn movies(path: std::path::PathBuf) -> Result<Opened<CatalogueMovie>, Failure> {
    open(path, CatalogueFiles::movies)
}

impl Run {
    /// Imports everything, and says what came of it.
    pub fn run(self, options: &ImportOptions) -> Result<(), Failure> {
        let config = options.settings.check_without_keys().or_fail("could not open the store")?;
        let rejects = Rejects::open(options.rejects.as_deref())?;
        let io = wiring::io_runtime()?;
        io.block_on(async {
            let import = wiring::open_import(&config, options.chunk(), io.handle()).await?;
            let set = import.open_set(&self.set, options.dry_run).await.or_fail(FAILED)?;
            let is_trial = options.dry_run;
            let mut under_way =
                UnderWay { import: &import, set, rejects, is_trial, has_changes: false };
            let done = under_way.all(self).await;
            under_way.rejects.finish()?;
            done?;
            operator::say(match (is_trial, under_way.has_changes) {
                (true, _) => "This was a trial: nothing was stored.",
                (false, true) => "The import is complete.",
                (false, false) => "Nothing changed: all of it was there already.",
            });
            Ok(())
        })
    }
}

impl UnderWay<'_> {
    async fn all(&mut self, run: Run) -> Result<(), Failure> {
        let links = run.links.map(|links| self.links(links)).transpose()?.unwrap_or_default();
        let movies_print = run.movies.source.fingerprint()?;
        let numbers = self.movies(run.movies, &links).await?;
        drop(links);
        match run.ratings {
            Some(ratings) => self.ratings(ratings, movies_print, numbers).await,
            None => Ok(()),
        }
    }

    fn links(&mut self, links: Opened<CatalogueLink>) -> Result<Links, Failure> {
        let mut progress = Progress::begin(&links.source, &mut self.rejects);
        let (read, counts, failure) = Links::read(links.rows, &mut progress).or_fail(FAILED)?;
        progress.end(&counts, true);
        whole(failure)?;
        Ok(read)
    }

    async fn movies(
        &mut self,
        movies: Opened<CatalogueMovie>,
        links: &Links,
    ) -> Result<HashSet<i64>, Failure> {
        let mut progress = Progress::begin(&movies.source, &mut self.rejects);
        let imported = self.import.import_movies(self.set, movies.rows, links, &mut progress);
        let (outcome, numbers) = imported.await.or_fail(FAILED)?;
        progress.end(&outcome.counts, self.is_trial);
        self.note(&outcome.counts);
        whole(outcome.failure)?;
        Ok(numbers)
    }

    async fn ratings(
        &mut self,
        ratings: Opened<CatalogueRating>,
        movies: String,
        numbers: HashSet<i64>,
    ) -> Result<(), Failure> {
        let files = RatingFiles { ratings: ratings.source.fingerprint()?, movies };
        let mut progress = Progress::begin(&ratings.source, &mut self.rejects);
        let imported =
            self.import.import_ratings(self.set, ratings.rows, &files, numbers, &mut progress);
        let outcome = imported.await.or_fail(FAILED)?;
        progress.end(&outcome.counts, self.is_trial);
        self.note(&outcome.counts);
        whole(outcome.failure)
    }

    fn note(&mut self, counts: &ImportCounts) {
        self.has_changes |= counts.has_changes();
    }
}

/// Whether a file was read to its end.
fn whole(failure: Option<ImportFileError>) -> Result<(), Failure> {
    match failure {
        Some(failure) => Err(failure).or_fail("the import is incomplete"),
        None => Ok(()),
    }
}
