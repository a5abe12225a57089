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
