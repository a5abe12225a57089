use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use reelmark_domain::Caller;
use thiserror::Error;

use super::ExportedRating;
use crate::ports::{
    ExportFileError, ExportFiles, ExportReader, ListRatingsByMovie, PersonalExportFormat,
    RepositoryError, RowSink,
};

/// How many ratings are read at once.
const PAGE: usize = 500;

/// Why a file of ratings is not handed out, or not to its end.
#[derive(Debug, Error)]
pub enum ExportRatingsError {
    #[error(transparent)]
    File(#[from] ExportFileError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// A file of somebody's ratings, made piece by piece while it is handed out. Its rows are in the
/// order of the movies' ids, so that the same ratings make the same file wherever they come from.
pub struct RatingsExport {
    exports: Arc<dyn ExportReader>,
    /// Nothing once the file is finished.
    sink: Option<Box<dyn RowSink<ExportedRating>>>,
    written: Written,
    list: ListRatingsByMovie,
}

impl RatingsExport {
    /// Begins the file of the caller's ratings.
    ///
    /// # Errors
    /// When it can't be begun.
    pub fn begin(
        exports: Arc<dyn ExportReader>,
        files: &dyn ExportFiles,
        caller: Caller,
        format: PersonalExportFormat,
    ) -> Result<Self, ExportRatingsError> {
        let written = Written::default();
        let sink = Some(files.personal(format, Box::new(written.clone()))?);
        let user_id = caller.user_id.get();
        let list = ListRatingsByMovie { user_id, after: None, limit: PAGE };
        Ok(Self { exports, sink, written, list })
    }

    /// The next piece, which may be empty; `None` behind the last one.
    ///
    /// # Errors
    /// When the ratings can't be read; the file is worth nothing then.
    pub async fn next_piece(&mut self) -> Result<Option<Vec<u8>>, ExportRatingsError> {
        let Some(mut sink) = self.sink.take() else {
            return Ok(None);
        };
        let page = self.exports.list_ratings_by_movie(self.list).await?;
        let is_last = page.len() < PAGE;
        self.list.after = page.last().map(|last| last.rating.movie_id);
        for record in page {
            sink.write(&ExportedRating::try_from(record)?)?;
        }
        match is_last {
            true => sink.finish()?,
            false => self.sink = Some(sink),
        }
        Ok(Some(self.written.take()))
    }
}

/// What was written and not handed out yet.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{
        ExportTarget, ExportedRatingRecord, MockExportFiles, MockExportReader, MovieNamesRecord,
        RatingRecord,
    };
    use crate::testing::{caller, rating_record, unavailable};
    use mockall::predicate::eq;
    use reelmark_domain::Role;

    /// Writes a movie's id per line, and an end.
    struct Lines(ExportTarget);

    impl RowSink<ExportedRating> for Lines {
        fn write(&mut self, row: &ExportedRating) -> Result<(), ExportFileError> {
            writeln!(self.0, "{}", row.movie.id).map_err(|error| ExportFileError(error.into()))
        }

        fn finish(mut self: Box<Self>) -> Result<(), ExportFileError> {
            write!(self.0, "end").map_err(|error| ExportFileError(error.into()))
        }
    }

    fn record(id: i64) -> ExportedRatingRecord {
        let movie = MovieNamesRecord {
            id,
            title: "Up".into(),
            release_year: None,
            imdb_id: None,
            tmdb_id: None,
            movielens_id: None,
        };
        ExportedRatingRecord { rating: RatingRecord { movie_id: id, ..rating_record(8) }, movie }
    }

    fn begin(exports: MockExportReader) -> RatingsExport {
        let mut files = MockExportFiles::new();
        files.expect_personal().returning(|_, target| Ok(Box::new(Lines(target))));
        let format = PersonalExportFormat::TraktJson;
        RatingsExport::begin(Arc::new(exports), &files, caller(Role::Member), format).unwrap()
    }

    #[tokio::test]
    async fn hands_out_page_after_page_and_then_the_end() {
        let most = i64::try_from(PAGE).unwrap();
        let list = |after| ListRatingsByMovie { user_id: 7, after, limit: PAGE };
        let mut exports = MockExportReader::new();
        let first = exports.expect_list_ratings_by_movie().with(eq(list(None)));
        first.returning(move |_| Ok((1..=most).map(record).collect()));
        let second = exports.expect_list_ratings_by_movie().with(eq(list(Some(most))));
        second.returning(move |_| Ok(vec![record(most + 1)]));

        let mut export = begin(exports);

        let first = export.next_piece().await.unwrap().unwrap();
        assert!(first.starts_with(b"1\n2\n") && first.ends_with(b"\n500\n"));
        assert_eq!(export.next_piece().await.unwrap().unwrap(), b"501\nend");
        assert_eq!(export.next_piece().await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_store_that_goes_away_ends_the_file() {
        let mut exports = MockExportReader::new();
        exports.expect_list_ratings_by_movie().returning(|_| Err(unavailable()));
        let mut export = begin(exports);
        assert!(matches!(export.next_piece().await, Err(ExportRatingsError::Store(_))));
        assert_eq!(export.next_piece().await.unwrap(), None);
    }
}
