use std::io::Read;

use reelmark_domain::{ExternalIds, ImdbId, MovieFacts, MovieLensId, RatedAt, Score, TmdbId};
use time::OffsetDateTime;

use super::{ImportFileError, ImportRows};

/// A file of an operator: as long as it is, packed by gzip or not.
pub struct CatalogueFile {
    /// What errors call it.
    pub name: String,
    pub content: Box<dyn Read + Send>,
    /// What time it is: nothing in the file may have happened later.
    pub now: OffsetDateTime,
}

/// A movie with all the titles it goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueMovie {
    /// Its number in this set of files, which ratings of the same set name it by.
    pub number: Option<i64>,
    pub facts: MovieFacts,
}

/// A rating by somebody who has no account here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CatalogueRating {
    /// The rater's number in this set of ratings, from 1.
    pub rater: i64,
    /// The movie's number in this set of files.
    pub movie: i64,
    pub score: Score,
    pub rated_at: RatedAt,
}

/// What other catalogues call a movie of MovieLens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueLink {
    pub movie: MovieLensId,
    pub imdb: Option<ImdbId>,
    pub tmdb: Option<TmdbId>,
}

impl From<CatalogueLink> for ExternalIds {
    fn from(link: CatalogueLink) -> Self {
        Self { imdb: link.imdb, tmdb: link.tmdb, movielens: Some(link.movie) }
    }
}

/// How many people rated a title at IMDb, which tells how well it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImdbTitleRating {
    pub title: ImdbId,
    /// Tenths of the mean, 10 to 100.
    pub mean_tenths: u8,
    pub votes: u32,
}

/// Reads the files that a catalogue is filled from.
///
/// Every method knows the forms of its kind of file by their heading: MovieLens' CSV, the
/// tab-separated "atomic" files of ml-100k, IMDb's TSV dumps, and CSV with this service's own
/// columns. Rows come in the order of the file, in constant memory however long the file or a line
/// is. What is wrong with one row MUST be said in its place and spoil no other row; what is wrong
/// with the file ends it. No content MUST make it panic.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait CatalogueFiles: Send + Sync {
    /// Ratings: `ratings.csv` of MovieLens, `.inter`, or one's own columns.
    fn ratings(&self, file: CatalogueFile) -> Result<ImportRows<CatalogueRating>, ImportFileError>;

    /// Movies: `movies.csv` of MovieLens, `.item`, `title.basics.tsv`, or one's own columns.
    fn movies(&self, file: CatalogueFile) -> Result<ImportRows<CatalogueMovie>, ImportFileError>;

    /// Ids of movies in other catalogues: `links.csv` of MovieLens.
    fn links(&self, file: CatalogueFile) -> Result<ImportRows<CatalogueLink>, ImportFileError>;

    /// How well titles are known: `title.ratings.tsv`.
    fn title_ratings(
        &self,
        file: CatalogueFile,
    ) -> Result<ImportRows<ImdbTitleRating>, ImportFileError>;
}
