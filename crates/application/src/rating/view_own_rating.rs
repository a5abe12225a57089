use reelmark_domain::{Caller, MovieId, Rating};
use thiserror::Error;

use crate::ports::{RatingReader, RepositoryError};

/// Why the caller's rating is not shown.
#[derive(Debug, Error)]
pub enum ViewOwnRatingError {
    #[error("the caller has not rated this movie")]
    RatingNotFound,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    ratings: &dyn RatingReader,
    caller: Caller,
    movie_id: MovieId,
) -> Result<Rating, ViewOwnRatingError> {
    let record = ratings
        .find(caller.user_id.get(), movie_id.get())
        .await?
        .ok_or(ViewOwnRatingError::RatingNotFound)?;
    Ok(Rating::try_from(record).map_err(RepositoryError::from)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockRatingReader, RatingRecord};
    use crate::testing::{caller, movie_id, rating_record};
    use reelmark_domain::Role;

    async fn view(record: Option<RatingRecord>) -> Result<Rating, ViewOwnRatingError> {
        let mut ratings = MockRatingReader::new();
        ratings.expect_find().returning(move |_, _| Ok(record.clone()));
        run(&ratings, caller(Role::Member), movie_id()).await
    }

    #[tokio::test]
    async fn shows_what_the_caller_gave() {
        assert_eq!(view(Some(rating_record(8))).await.unwrap().score().get(), 8);
    }

    #[tokio::test]
    async fn says_when_the_caller_has_not_rated() {
        assert!(matches!(view(None).await, Err(ViewOwnRatingError::RatingNotFound)));
    }

    #[tokio::test]
    async fn takes_an_impossible_stored_score_for_damage() {
        let error = view(Some(rating_record(11))).await;
        assert!(matches!(error, Err(ViewOwnRatingError::Store(RepositoryError::Corrupt(_)))));
    }
}
