use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{
    ImportCatalogueError, ImportCounts, ImportObserver, ImportSetName, Links, import_movies,
    import_ratings,
};
use crate::ports::{
    CatalogueImporter, CatalogueMovie, CatalogueRating, Clock, ImportFileError, ImportRows,
    RatingSummaryRepository, RepositoryError,
};

/// How many numbers of movies are read at once.
const NUMBERS_AT_ONCE: usize = 10_000;

/// How many summaries are brought up to date at once.
const SUMMARIES_AT_ONCE: usize = 10_000;

/// How many ratings one transaction stores, unless somebody wants another number. Whoever wants to
/// rate or to remove a movie meanwhile waits for no longer than one takes.
pub const RATINGS_AT_ONCE: usize = 50_000;

/// Where the movies and ratings of an import belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportSet {
    /// Nothing in a trial on a store that doesn't know the set.
    pub(super) id: Option<i64>,
    /// Whether nothing is stored.
    pub(super) is_trial: bool,
}

impl ImportSet {
    /// The set that something is stored in, unless this is a trial.
    pub(super) fn stored(self) -> Option<i64> {
        self.id.filter(|_| !self.is_trial)
    }
}

/// What came of a file.
#[derive(Debug)]
pub struct ImportOutcome {
    pub counts: ImportCounts,
    /// What is wrong with the file, when it was read in part only. What comes before that is stored.
    pub failure: Option<ImportFileError>,
}

/// What tells whether an import goes on with the same files.
#[derive(Clone, Debug)]
pub struct RatingFiles {
    pub ratings: String,
    /// Ratings depend on which movies there are.
    pub movies: String,
}

/// Fills a catalogue from files.
pub struct CatalogueImport {
    pub importer: Arc<dyn CatalogueImporter>,
    pub summaries: Arc<dyn RatingSummaryRepository>,
    pub clock: Arc<dyn Clock>,
    /// How many ratings one transaction stores.
    pub ratings_at_once: usize,
}

impl CatalogueImport {
    /// The set of this name, made if there is none. A trial makes none, and stores nothing.
    ///
    /// # Errors
    /// [`RepositoryError`] when the store fails.
    pub async fn open_set(
        &self,
        name: &ImportSetName,
        is_trial: bool,
    ) -> Result<ImportSet, RepositoryError> {
        let name = name.as_str().to_owned();
        let id = match is_trial {
            true => self.importer.find_set(name).await?,
            false => Some(self.importer.make_set(name).await?),
        };
        Ok(ImportSet { id, is_trial })
    }

    /// Stores the movies of a file, with the ids that the links give them. Returns what came of it
    /// and, in a trial, the numbers of the movies that would be there.
    ///
    /// # Errors
    /// [`ImportCatalogueError`] when the import ended before the file did.
    pub async fn import_movies(
        &self,
        set: ImportSet,
        rows: ImportRows<CatalogueMovie>,
        links: &Links,
        observer: &mut dyn ImportObserver,
    ) -> Result<(ImportOutcome, HashSet<i64>), ImportCatalogueError> {
        let ports = (&*self.importer, &*self.clock);
        import_movies::run(ports, set, rows, links, observer).await
    }

    /// Stores the ratings of a file, and brings all summaries to the new mean of the catalogue.
    /// `trial` has the numbers of the movies that a trial would have stored.
    ///
    /// # Errors
    /// [`ImportCatalogueError`] when the import ended before the file did. The same files go on
    /// from there.
    pub async fn import_ratings(
        &self,
        set: ImportSet,
        rows: ImportRows<CatalogueRating>,
        files: &RatingFiles,
        trial: HashSet<i64>,
        observer: &mut dyn ImportObserver,
    ) -> Result<ImportOutcome, ImportCatalogueError> {
        let mut numbers = self.numbers(set).await?;
        for number in trial {
            // No movie has such an id, and no two numbers have the same.
            numbers.entry(number).or_insert(-number);
        }
        let fingerprint = format!("{}+{}", files.ratings, files.movies);
        let ports = (&*self.importer, &*self.clock);
        let files = (Arc::new(numbers), fingerprint);
        let outcome =
            import_ratings::run(ports, (set, self.ratings_at_once), rows, files, observer).await?;
        if set.stored().is_some() && outcome.counts.has_changes() {
            self.rescore().await?;
        }
        Ok(outcome)
    }

    async fn numbers(&self, set: ImportSet) -> Result<HashMap<i64, i64>, RepositoryError> {
        let (mut numbers, mut after) = (HashMap::new(), 0);
        let Some(set) = set.id else { return Ok(numbers) };
        loop {
            let page = self.importer.list_numbers(set, after, NUMBERS_AT_ONCE).await?;
            let Some((last, _)) = page.last() else { return Ok(numbers) };
            after = *last;
            numbers.extend(page);
        }
    }

    /// A worker would do so too, some summaries at a time.
    async fn rescore(&self) -> Result<(), RepositoryError> {
        while !self.summaries.rescore(SUMMARIES_AT_ONCE, self.clock.now()).await?.is_empty() {}
        Ok(())
    }
}
