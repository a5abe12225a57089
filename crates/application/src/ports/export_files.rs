use std::io::Write;

use reelmark_domain::{Movie, Rating};
use thiserror::Error;

use super::{Cause, RowProblem};
use crate::account::ExportedRating;

/// A form in which somebody takes their ratings elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PersonalExportFormat {
    /// `imdbID,tmdbID,Title,Year,Rating10,WatchedDate,Review`, which Letterboxd reads. Days alone.
    LetterboxdCsv,
    /// The columns of IMDb's own list. Days alone, and no reviews.
    ImdbCsv,
    /// The entries of Trakt's own list. No reviews.
    TraktJson,
}

/// The file can't be written.
#[derive(Debug, Error)]
#[error("the file can't be written")]
pub struct ExportFileError(#[source] pub Cause);

/// A file that is being written, row by row.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait RowSink<T: Send + 'static>: Send {
    /// Writes one row; it may wait in a buffer.
    fn write(&mut self, row: &T) -> Result<(), ExportFileError>;

    /// Writes what ends the file, and all that waits in buffers.
    fn finish(self: Box<Self>) -> Result<(), ExportFileError>;
}

/// Where a file is written to.
pub type ExportTarget = Box<dyn Write + Send>;

/// Writes the files that people and operators take away, in constant memory, in UTF-8.
///
/// CSV MUST NOT have cells that a spreadsheet takes for a formula, and MUST be read back, by
/// [`PersonalRatingsFiles`](super::PersonalRatingsFiles) and
/// [`CatalogueFiles`](super::CatalogueFiles), as what was written. A file without rows has its
/// heading.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait ExportFiles: Send + Sync {
    /// One person's ratings, each with the time of its last change, which is what others call the
    /// time of a rating.
    fn personal(
        &self,
        format: PersonalExportFormat,
        target: ExportTarget,
    ) -> Result<Box<dyn RowSink<ExportedRating>>, ExportFileError>;

    /// All ratings of the instance, in CSV:
    /// `user_id,movie_id,score,review,created_at,updated_at`, times in RFC 3339.
    fn ratings(&self, target: ExportTarget) -> Result<Box<dyn RowSink<Rating>>, ExportFileError>;

    /// All movies of the instance, in CSV: `id,imdb_id,tmdb_id,movielens_id,title,
    /// original_title,alternative_titles,year,runtime_minutes,original_language,countries,genres,
    /// directors,synopsis`, lists separated by bars.
    fn movies(&self, target: ExportTarget) -> Result<Box<dyn RowSink<Movie>>, ExportFileError>;

    /// Rows that were rejected, in CSV: `file,line,reason`.
    fn problems(
        &self,
        target: ExportTarget,
    ) -> Result<Box<dyn RowSink<RowProblem>>, ExportFileError>;
}
