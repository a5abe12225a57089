//! How operators take everything out of an instance.

use reelmark_domain::{Movie, Rating};
use thiserror::Error;

use crate::ports::{
    CorruptRecord, ExportFileError, InstanceExportReader, RepositoryError, RowSink,
};

/// How many rows are read at once.
const PAGE: usize = 5_000;

/// Why a file was not written to its end.
#[derive(Debug, Error)]
pub enum ExportInstanceError {
    #[error(transparent)]
    Store(#[from] RepositoryError),
    #[error(transparent)]
    File(#[from] ExportFileError),
}

impl From<CorruptRecord> for ExportInstanceError {
    fn from(corrupt: CorruptRecord) -> Self {
        Self::Store(corrupt.into())
    }
}

/// Writes all ratings; returns how many.
///
/// # Errors
/// [`ExportInstanceError`] when the store or the file fails.
pub async fn export_ratings(
    reader: &dyn InstanceExportReader,
    mut sink: Box<dyn RowSink<Rating>>,
) -> Result<u64, ExportInstanceError> {
    let (mut after, mut written) = ((0, 0), 0);
    loop {
        let page = reader.list_all_ratings(after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = (last.user_id, last.movie_id);
        for record in page {
            sink.write(&Rating::try_from(record)?)?;
            written += 1;
        }
    }
    sink.finish()?;
    Ok(written)
}

/// Writes all movies; returns how many.
///
/// # Errors
/// [`ExportInstanceError`] when the store or the file fails.
pub async fn export_movies(
    reader: &dyn InstanceExportReader,
    mut sink: Box<dyn RowSink<Movie>>,
) -> Result<u64, ExportInstanceError> {
    let (mut after, mut written) = (0, 0);
    loop {
        let page = reader.list_all_movies(after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for record in page {
            sink.write(&Movie::try_from(record)?)?;
            written += 1;
        }
    }
    sink.finish()?;
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockInstanceExportReader, MockRowSink};
    use crate::testing::{movie_record, rating_record};

    #[tokio::test]
    async fn writes_page_after_page_and_ends_the_file() {
        let mut reader = MockInstanceExportReader::new();
        reader.expect_list_all_ratings().returning(|after, _| {
            let first = rating_record(9);
            Ok(if after == (0, 0) { vec![first] } else { vec![] })
        });
        let mut sink = MockRowSink::<Rating>::new();
        sink.expect_write().once().returning(|_| Ok(()));
        sink.expect_finish().once().returning(|| Ok(()));
        assert_eq!(export_ratings(&reader, Box::new(sink)).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn movies_are_read_behind_the_last_one() {
        let mut reader = MockInstanceExportReader::new();
        reader.expect_list_all_movies().returning(|after, _| {
            let movie = movie_record();
            Ok(if after < movie.id { vec![movie] } else { vec![] })
        });
        let mut sink = MockRowSink::<Movie>::new();
        sink.expect_write().once().returning(|_| Ok(()));
        sink.expect_finish().once().returning(|| Ok(()));
        assert_eq!(export_movies(&reader, Box::new(sink)).await.unwrap(), 1);
    }
}
