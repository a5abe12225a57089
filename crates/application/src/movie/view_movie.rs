use reelmark_domain::MovieId;
use thiserror::Error;

use crate::caching::{MovieViews, ShownMovie};
use crate::ports::RepositoryError;

/// Why a movie is not shown.
#[derive(Debug, Error)]
pub enum ViewMovieError {
    #[error("there is no such movie")]
    MovieNotFound,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(movies: &MovieViews, id: MovieId) -> Result<ShownMovie, ViewMovieError> {
    movies.find(id.get()).await?.ok_or(ViewMovieError::MovieNotFound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MockMovieReader;
    use crate::testing::{details_record, movie_id, views_of};

    #[tokio::test]
    async fn shows_a_movie_with_its_summary() {
        let mut movies = MockMovieReader::new();
        movies.expect_find().returning(|_| Ok(Some(details_record())));
        let details = run(&views_of(movies), movie_id()).await.unwrap();
        assert_eq!((details.movie.version(), details.summary.version()), (5, 2));
    }

    #[tokio::test]
    async fn says_when_there_is_no_such_movie() {
        let mut movies = MockMovieReader::new();
        movies.expect_find().returning(|_| Ok(None));
        let error = run(&views_of(movies), movie_id()).await;
        assert!(matches!(error, Err(ViewMovieError::MovieNotFound)));
    }

    #[tokio::test]
    async fn takes_an_impossible_stored_title_for_damage() {
        let mut record = details_record();
        record.movie.facts.title = "\0".into();
        let mut movies = MockMovieReader::new();
        movies.expect_find().returning(move |_| Ok(Some(record.clone())));
        let error = run(&views_of(movies), movie_id()).await;
        assert!(matches!(error, Err(ViewMovieError::Store(RepositoryError::Corrupt(_)))));
    }
}
