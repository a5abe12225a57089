use std::io::{Read, Seek};

use reelmark_domain::{MovieReference, RatedAt, Review, Score};
use time::OffsetDateTime;

use super::{ImportFileError, ImportRows};

/// What can be read anywhere, since archives have their table of contents at the end.
pub trait ReadSeek: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadSeek for T {}

/// A file that somebody handed in, as large as the caller lets it be.
pub struct PersonalFile {
    /// What errors call it. It tells nothing about the format, and is no path.
    pub name: String,
    pub content: Box<dyn ReadSeek>,
    /// What time it is: nothing in the file may have happened later.
    pub now: OffsetDateTime,
}

/// Where somebody's ratings come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PersonalFormat {
    /// The archive that Letterboxd hands out.
    LetterboxdArchive,
    /// A `ratings.csv`, `diary.csv` or `reviews.csv` of it, or what Letterboxd reads.
    LetterboxdCsv,
    /// The list of ratings that IMDb hands out, of any age.
    ImdbCsv,
    /// The ratings that Trakt hands out.
    TraktJson,
    /// What MovieLens hands out, or the rows of one rater.
    MovieLensCsv,
}

impl PersonalFormat {
    /// Its stable name, in snake case.
    pub fn name(self) -> &'static str {
        match self {
            Self::LetterboxdArchive => "letterboxd_archive",
            Self::LetterboxdCsv => "letterboxd_csv",
            Self::ImdbCsv => "imdb_csv",
            Self::TraktJson => "trakt_json",
            Self::MovieLensCsv => "movielens_csv",
        }
    }
}

/// One of somebody's ratings, of a movie that has yet to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalRating {
    pub movie: MovieReference,
    pub score: Score,
    pub review: Option<Review>,
    /// When, as exactly as the file knows; nothing when it doesn't.
    pub rated_at: Option<RatedAt>,
}

/// A file of a format that was recognised.
pub struct OpenedRatings {
    pub format: PersonalFormat,
    pub rows: ImportRows<PersonalRating>,
}

/// Reads the ratings that people bring from elsewhere.
///
/// The format MUST be told by the content alone. Names in archives are looked up and never
/// used as paths; an archive that expands without measure MUST be refused before it is in memory.
/// What is wrong with one row MUST be said in its place and spoil no other row; what is wrong with
/// the file ends it. No content MUST make it panic.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait PersonalRatingsFiles: Send + Sync {
    /// Recognises the format and reads the heading.
    fn open(&self, file: PersonalFile) -> Result<OpenedRatings, ImportFileError>;
}
