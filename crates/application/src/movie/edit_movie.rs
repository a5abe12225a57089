use reelmark_domain::{
    Action, AlternativeTitles, Caller, Countries, Directors, ExternalIds, Forbidden, Genres,
    ImdbId, Language, Movie, MovieFacts, MovieId, MovieLensId, ReleaseYear, Runtime, Synopsis,
    Title, TmdbId,
};
use thiserror::Error;

use crate::caching::invalidate;
use crate::messages::{Message, MovieChangedV1};
use crate::ports::{
    Cache, Clock, MovieDetails, MovieReader, MovieRepository, RepositoryError, UniqueKey,
    UpdateMovie,
};
use crate::{Change, ExpectedVersion};

/// Which facts change, and to what.
#[derive(Clone, Debug, Default)]
pub struct MoviePatch {
    pub title: Option<Title>,
    pub original_title: Change<Title>,
    pub alternative_titles: Option<AlternativeTitles>,
    pub release_year: Change<ReleaseYear>,
    pub runtime: Change<Runtime>,
    pub original_language: Change<Language>,
    pub countries: Option<Countries>,
    pub genres: Option<Genres>,
    pub directors: Option<Directors>,
    pub synopsis: Change<Synopsis>,
    pub external_ids: ExternalIdsPatch,
}

/// Which external ids change, and to what.
#[derive(Clone, Debug, Default)]
pub struct ExternalIdsPatch {
    pub imdb: Change<ImdbId>,
    pub tmdb: Change<TmdbId>,
    pub movielens: Change<MovieLensId>,
}

/// Somebody corrects a movie's facts.
#[derive(Clone, Debug)]
pub struct EditMovie {
    pub caller: Caller,
    pub movie_id: MovieId,
    pub expected: ExpectedVersion,
    pub patch: MoviePatch,
}

/// Why a movie was not changed.
#[derive(Debug, Error)]
pub enum EditMovieError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error("there is no such movie")]
    MovieNotFound,
    /// Somebody changed it since the caller looked.
    #[error("the movie was changed in the meantime")]
    Stale,
    /// Another movie has one of the external ids.
    #[error("{0} belongs to another movie")]
    ExternalIdTaken(UniqueKey),
    #[error(transparent)]
    Store(RepositoryError),
}

pub(super) async fn run(
    repository: &dyn MovieRepository,
    movies: &dyn MovieReader,
    cache: &dyn Cache,
    clock: &dyn Clock,
    command: EditMovie,
) -> Result<MovieDetails, EditMovieError> {
    command.caller.authorize(Action::EditMovie)?;
    let id = command.movie_id.get();
    let record = repository.find(id).await?.ok_or(EditMovieError::MovieNotFound)?;
    let movie = Movie::try_from(record).map_err(RepositoryError::from)?;
    if !command.expected.allows(movie.version()) {
        return Err(EditMovieError::Stale);
    }
    let facts = patched(movie.facts().clone(), command.patch);
    let update = UpdateMovie {
        id,
        expected_version: movie.version(),
        facts: (&facts).into(),
        index: (&facts).into(),
        at: clock.now(),
    };
    let written = repository.update(update).await?.ok_or(EditMovieError::MovieNotFound)?;
    invalidate(cache, &Message::MovieChanged(MovieChangedV1 { movie: id })).await;
    let mut details = movies.find(id).await?.ok_or(EditMovieError::MovieNotFound)?;
    details.movie = written;
    Ok(MovieDetails::try_from(details).map_err(RepositoryError::from)?)
}

fn patched(facts: MovieFacts, patch: MoviePatch) -> MovieFacts {
    let ids = facts.external_ids;
    MovieFacts {
        title: patch.title.unwrap_or(facts.title),
        original_title: patch.original_title.apply(facts.original_title),
        alternative_titles: patch.alternative_titles.unwrap_or(facts.alternative_titles),
        release_year: patch.release_year.apply(facts.release_year),
        runtime: patch.runtime.apply(facts.runtime),
        original_language: patch.original_language.apply(facts.original_language),
        countries: patch.countries.unwrap_or(facts.countries),
        genres: patch.genres.unwrap_or(facts.genres),
        directors: patch.directors.unwrap_or(facts.directors),
        synopsis: patch.synopsis.apply(facts.synopsis),
        external_ids: ExternalIds {
            imdb: patch.external_ids.imdb.apply(ids.imdb),
            tmdb: patch.external_ids.tmdb.apply(ids.tmdb),
            movielens: patch.external_ids.movielens.apply(ids.movielens),
        },
    }
}

impl From<RepositoryError> for EditMovieError {
    fn from(error: RepositoryError) -> Self {
        match error {
            RepositoryError::Stale => Self::Stale,
            RepositoryError::Conflict(key) => Self::ExternalIdTaken(key),
            other => Self::Store(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockCache, MockMovieReader, MockMovieRepository, MovieRecord};
    use crate::testing::{caller, clock, details_record, movie_id, movie_record};
    use reelmark_domain::Role;

    fn command(role: Role, versions: Vec<i64>) -> EditMovie {
        let title = Title::parse("Stalker (restored)").ok();
        EditMovie {
            caller: caller(role),
            movie_id: movie_id(),
            expected: ExpectedVersion::OneOf(versions),
            patch: MoviePatch { title, ..MoviePatch::default() },
        }
    }

    fn repository() -> MockMovieRepository {
        let mut repository = MockMovieRepository::new();
        repository.expect_find().returning(|_| Ok(Some(movie_record())));
        repository
    }

    async fn edit(
        repository: MockMovieRepository,
        command: EditMovie,
    ) -> Result<MovieDetails, EditMovieError> {
        let mut movies = MockMovieReader::new();
        movies.expect_find().returning(|_| Ok(Some(details_record())));
        let mut cache = MockCache::new();
        cache.expect_invalidate().returning(|_| Ok(()));
        run(&repository, &movies, &cache, &clock(), command).await
    }

    #[tokio::test]
    async fn writes_the_changed_facts_over_the_version_the_caller_saw() {
        let mut repository = repository();
        let is_expected = |update: &UpdateMovie| {
            update.expected_version == 5 && update.facts.title == "Stalker (restored)"
        };
        repository
            .expect_update()
            .withf(is_expected)
            .once()
            .returning(|_| Ok(Some(MovieRecord { version: 6, ..movie_record() })));
        let details = edit(repository, command(Role::Curator, vec![5])).await.unwrap();
        assert_eq!(details.movie.version(), 6);
    }

    #[tokio::test]
    async fn forgets_the_cached_copy_after_the_commit() {
        let mut repository = repository();
        repository.expect_update().returning(|_| Ok(Some(movie_record())));
        let mut movies = MockMovieReader::new();
        movies.expect_find().returning(|_| Ok(Some(details_record())));
        let mut cache = MockCache::new();
        let is_movie = |keys: &[String]| keys.iter().any(|key| key.ends_with(":42"));
        cache.expect_invalidate().withf(is_movie).once().returning(|_| Ok(()));
        let command = command(Role::Curator, vec![5]);
        assert!(run(&repository, &movies, &cache, &clock(), command).await.is_ok());
    }

    #[tokio::test]
    async fn writes_nothing_over_a_version_the_caller_has_not_seen() {
        let error = edit(repository(), command(Role::Curator, vec![4])).await;
        assert!(matches!(error, Err(EditMovieError::Stale)));
    }

    #[tokio::test]
    async fn members_may_not_edit() {
        let error = edit(MockMovieRepository::new(), command(Role::Member, vec![5])).await;
        assert!(matches!(error, Err(EditMovieError::Forbidden(_))));
    }

    #[tokio::test]
    async fn tells_lost_races_apart() {
        let mut stale = repository();
        stale.expect_update().returning(|_| Err(RepositoryError::Stale));
        let error = edit(stale, command(Role::Curator, vec![5])).await;
        assert!(matches!(error, Err(EditMovieError::Stale)));
        let mut taken = repository();
        taken.expect_update().returning(|_| Err(RepositoryError::Conflict(UniqueKey::TmdbId)));
        let error = edit(taken, command(Role::Curator, vec![5])).await;
        assert!(matches!(error, Err(EditMovieError::ExternalIdTaken(UniqueKey::TmdbId))));
    }
}
