use reelmark_domain::{MovieId, RatingSummary};
use thiserror::Error;

use crate::caching::MovieViews;
use crate::ports::RepositoryError;

/// Why a summary is not shown.
#[derive(Debug, Error)]
pub enum ViewRatingSummaryError {
    #[error("there is no such movie")]
    MovieNotFound,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    movies: &MovieViews,
    movie_id: MovieId,
) -> Result<RatingSummary, ViewRatingSummaryError> {
    let movie = movies.find(movie_id.get()).await?.ok_or(ViewRatingSummaryError::MovieNotFound)?;
    Ok(movie.summary.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MockMovieReader;
    use crate::testing::{details_record, movie_id, views_of};

    #[tokio::test]
    async fn shows_the_numbers_of_a_movie() {
        let mut movies = MockMovieReader::new();
        movies.expect_find().returning(|_| Ok(Some(details_record())));
        let summary = run(&views_of(movies), movie_id()).await.unwrap();
        assert_eq!((summary.histogram().count(), summary.version()), (2, 2));
    }

    #[tokio::test]
    async fn says_when_there_is_no_such_movie() {
        let mut movies = MockMovieReader::new();
        movies.expect_find().returning(|_| Ok(None));
        let error = run(&views_of(movies), movie_id()).await;
        assert!(matches!(error, Err(ViewRatingSummaryError::MovieNotFound)));
    }
}
