use reelmark_domain::{Action, Caller, Forbidden, Histogram, Movie, MovieFacts, RatingSummary};
use thiserror::Error;

use crate::ports::{Clock, InsertMovie, MovieDetails, MovieRepository, RepositoryError, UniqueKey};

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
    clock: &dyn Clock,
    command: AddMovie,
) -> Result<MovieDetails, AddMovieError> {
    command.caller.authorize(Action::AddMovie)?;
    let insert = InsertMovie::new(
        &command.facts,
        Some(command.caller.user_id.get()),
        clock.now(),
    );
    let record = movies.insert(insert).await?;
    let movie = Movie::try_from(record).map_err(RepositoryError::from)?;
    let summary = RatingSummary::new(
        movie.id(),
        Histogram::default(),
        None,
        0,
        movie.created_at(),
    );
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
