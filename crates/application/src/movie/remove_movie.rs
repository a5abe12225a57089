use reelmark_domain::{Action, Caller, Forbidden, MovieId};
use thiserror::Error;

use crate::caching::invalidate;
use crate::messages::{Message, MovieChangedV1};
use crate::ports::{Cache, Clock, MovieRepository, RepositoryError};

/// Somebody takes a movie out of the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct RemoveMovie {
    pub caller: Caller,
    pub movie_id: MovieId,
}

/// Why no movie was removed.
#[derive(Debug, Error)]
pub enum RemoveMovieError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error("there is no such movie")]
    MovieNotFound,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    movies: &dyn MovieRepository,
    cache: &dyn Cache,
    clock: &dyn Clock,
    command: RemoveMovie,
) -> Result<(), RemoveMovieError> {
    command.caller.authorize(Action::RemoveMovie)?;
    let id = command.movie_id.get();
    if !movies.remove(id, clock.now()).await? {
        return Err(RemoveMovieError::MovieNotFound);
    }
    invalidate(cache, &Message::MovieChanged(MovieChangedV1 { movie: id })).await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{CacheError, MockCache, MockMovieRepository};
    use crate::testing::{caller, clock, movie_id};
    use reelmark_domain::Role;

    fn command(role: Role) -> RemoveMovie {
        RemoveMovie { caller: caller(role), movie_id: movie_id() }
    }

    #[tokio::test]
    async fn removes_a_movie_also_while_the_cache_is_down() {
        let mut movies = MockMovieRepository::new();
        movies.expect_remove().once().returning(|_, _| Ok(true));
        let mut cache = MockCache::new();
        cache.expect_invalidate().returning(|_| Err(CacheError("down".into())));
        assert!(run(&movies, &cache, &clock(), command(Role::Curator)).await.is_ok());
    }

    #[tokio::test]
    async fn members_may_not_remove() {
        let movies = MockMovieRepository::new();
        let error = run(&movies, &MockCache::new(), &clock(), command(Role::Member)).await;
        assert!(matches!(error, Err(RemoveMovieError::Forbidden(_))));
    }

    #[tokio::test]
    async fn says_when_there_is_no_such_movie() {
        let mut movies = MockMovieRepository::new();
        movies.expect_remove().returning(|_, _| Ok(false));
        let error = run(&movies, &MockCache::new(), &clock(), command(Role::Admin)).await;
        assert!(matches!(error, Err(RemoveMovieError::MovieNotFound)));
    }
}
