use reelmark_domain::{Action, Caller, Forbidden, Histogram, Movie, MovieFacts, RatingSummary};
use thiserror::Error;

use crate::caching::invalidate;
use crate::messages::{Message, MovieChangedV1};
use crate::ports::{
    Cache, Clock, InsertMovie, MovieDetails, MovieRepository, RepositoryError, UniqueKey,
};

/// Somebody adds a movie to the catalogue.
#[derive(Clone, Debug)]
pub struct AddMovie {
    pub caller: Caller,
    pub facts: MovieFacts,
}

/// Why a movie was not added.
#[derive(Debug, Error)]
pub enum AddMovieError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// Another movie has one of the external ids.
    #[error("{0} belongs to another movie")]
    ExternalIdTaken(UniqueKey),
    #[error(transparent)]
    Store(RepositoryError),
}

pub(super) async fn run(
    movies: &dyn MovieRepository,
    cache: &dyn Cache,
    clock: &dyn Clock,
    command: AddMovie,
) -> Result<MovieDetails, AddMovieError> {
    command.caller.authorize(Action::AddMovie)?;
    let insert = InsertMovie::new(&command.facts, Some(command.caller.user_id.get()), clock.now());
    let record = movies.insert(insert).await?;
    // No copy of it can be old, but lists are without it.
    invalidate(cache, &Message::MovieChanged(MovieChangedV1 { movie: record.id })).await;
    let movie = Movie::try_from(record).map_err(RepositoryError::from)?;
    let summary = RatingSummary::new(movie.id(), Histogram::default(), None, 0, movie.created_at());
    Ok(MovieDetails { movie, summary })
}

impl From<RepositoryError> for AddMovieError {
    fn from(error: RepositoryError) -> Self {
        match error {
            RepositoryError::Conflict(key) => Self::ExternalIdTaken(key),
            other => Self::Store(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockCache, MockMovieRepository};
    use crate::testing::{NOW, caller, clock, facts, movie_record};
    use reelmark_domain::Role;

    fn command() -> AddMovie {
        AddMovie { caller: caller(Role::Member), facts: facts("Amélie") }
    }

    #[tokio::test]
    async fn stores_the_facts_with_their_search_keys() {
        let mut movies = MockMovieRepository::new();
        let is_expected = |movie: &InsertMovie| {
            (movie.index.title_key.as_str(), movie.added_by, movie.at) == ("amelie", Some(7), NOW)
        };
        movies.expect_insert().withf(is_expected).once().returning(|_| Ok(movie_record()));
        let mut cache = MockCache::new();
        cache.expect_invalidate().once().returning(|_| Ok(()));
        let details = run(&movies, &cache, &clock(), command()).await.unwrap();
        assert_eq!((details.movie.id().get(), details.summary.histogram().count()), (42, 0));
    }

    #[tokio::test]
    async fn names_the_external_id_that_is_taken() {
        let mut movies = MockMovieRepository::new();
        movies.expect_insert().returning(|_| Err(RepositoryError::Conflict(UniqueKey::ImdbId)));
        let error = run(&movies, &MockCache::new(), &clock(), command()).await;
        assert!(matches!(error, Err(AddMovieError::ExternalIdTaken(UniqueKey::ImdbId))));
    }
}
