use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::movie::{
    EditMovie, EditMovieError, ExternalIdsPatch, MoviePatch, MovieUseCases,
};
use reelmark_application::ports::Clock;
use reelmark_domain::{
    AlternativeTitles, Countries, Country, Directors, Genre, Genres, ImdbId, Language, MovieLensId,
    PersonName, ReleaseYear, Runtime, Synopsis, Title, TmdbId,
};
use serde::Deserialize;

use super::add_movie::{external_id_taken, facts_rules};
use super::presenter::{MovieResponse, tag_of};
use crate::extract::{Body, IfMatch, MovieIdInPath, SignedIn, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::patch::Patch;
use crate::problem::{ApiError, ErrorCode, FieldErrors};
use crate::respond::Tagged;

pub(super) const ERRORS: OperationErrors = OperationErrors(
    "editMovie",
    &[ErrorCode::Forbidden, ErrorCode::MovieNotFound, ErrorCode::ExternalIdTaken],
);

/// The facts to change. What is absent stays as it is; null empties what may be empty.
#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct EditMovieRequest {
    /// The title people look for.
    #[serde(default)]
    title: Patch<String>,
    /// The title in the movie's own language, where it differs.
    #[serde(default)]
    original_title: Patch<String>,
    /// All other titles, in place of those before.
    #[serde(default)]
    alternative_titles: Patch<Vec<String>>,
    /// The year of the first release.
    #[serde(default)]
    release_year: Patch<i64>,
    /// The length in minutes.
    #[serde(default)]
    runtime_minutes: Patch<i64>,
    /// The language it was made in, by its code of ISO 639.
    #[serde(default)]
    original_language: Patch<String>,
    /// All countries, in place of those before.
    #[serde(default)]
    countries: Patch<Vec<String>>,
    /// All genres, in place of those before.
    #[serde(default)]
    genres: Patch<Vec<String>>,
    /// All directors, in place of those before.
    #[serde(default)]
    directors: Patch<Vec<String>>,
    /// What it is about.
    #[serde(default)]
    synopsis: Patch<String>,
    /// Its ids in other catalogues.
    external_ids: Option<EditExternalIdsRequest>,
}

/// The external ids to change.
#[derive(Debug, Default, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct EditExternalIdsRequest {
    /// At IMDb.
    #[serde(default)]
    imdb: Patch<String>,
    /// At The Movie Database.
    #[serde(default)]
    tmdb: Patch<i64>,
    /// In the MovieLens data sets.
    #[serde(default)]
    movielens: Patch<i64>,
}

/// Edit a movie
///
/// Changes the facts that are sent and leaves the others. Needs the role curator, and the `ETag`
/// of the version you saw; a rating that came in meanwhile doesn't matter.
#[api_v2_operation(tags(Movies), operation_id = "editMovie")]
pub(super) async fn edit_movie(
    movies: Uses<dyn MovieUseCases>,
    clock: Uses<dyn Clock>,
    caller: SignedIn,
    id: MovieIdInPath,
    expected: IfMatch,
    body: Body<EditMovieRequest>,
) -> Result<Tagged<MovieResponse>, ApiError> {
    let patch = body.0.into_patch(clock.now().year())?;
    let command = EditMovie { caller: caller.0, movie_id: id.0, expected: expected.0, patch };
    let details = movies.edit_movie(command).await?;
    Ok(Tagged { tag: tag_of(&details), body: (&details).into() })
}

impl EditMovieRequest {
    fn into_patch(self, this_year: i32) -> Result<MoviePatch, ApiError> {
        let mut errors = FieldErrors::default();
        let text = |raw: String| Title::parse(&raw);
        let language = |raw: String| Language::parse(&raw);
        let year = |raw| ReleaseYear::parse(raw, this_year);
        let patch = MoviePatch {
            title: self.title.check_not_null(&mut errors, "title", text),
            original_title: self.original_title.check(&mut errors, "original_title", text),
            alternative_titles: self.alternative_titles.check_list(
                &mut errors,
                "alternative_titles",
                Title::parse,
                AlternativeTitles::new,
            ),
            release_year: self.release_year.check(&mut errors, "release_year", year),
            runtime: self.runtime_minutes.check(&mut errors, "runtime_minutes", Runtime::parse),
            original_language: self.original_language.check(
                &mut errors,
                "original_language",
                language,
            ),
            countries: self.countries.check_list(
                &mut errors,
                "countries",
                Country::parse,
                Countries::new,
            ),
            genres: self.genres.check_list(&mut errors, "genres", Genre::parse, Genres::new),
            directors: self.directors.check_list(
                &mut errors,
                "directors",
                PersonName::parse,
                Directors::new,
            ),
            synopsis: self.synopsis.check(&mut errors, "synopsis", |raw| Synopsis::parse(&raw)),
            external_ids: self.external_ids.unwrap_or_default().check(&mut errors),
        };
        errors.finish(Some(patch))
    }
}

impl EditExternalIdsRequest {
    fn check(self, errors: &mut FieldErrors) -> ExternalIdsPatch {
        let imdb = |raw: String| ImdbId::parse(&raw);
        let (tmdb, movielens) = ("external_ids.tmdb", "external_ids.movielens");
        ExternalIdsPatch {
            imdb: self.imdb.check(errors, "external_ids.imdb", imdb),
            tmdb: self.tmdb.check(errors, tmdb, TmdbId::parse),
            movielens: self.movielens.check(errors, movielens, MovieLensId::parse),
        }
    }
}

impl From<EditMovieError> for ApiError {
    fn from(error: EditMovieError) -> Self {
        match error {
            EditMovieError::Forbidden(forbidden) => forbidden.into(),
            EditMovieError::MovieNotFound => Self::new(ErrorCode::MovieNotFound),
            EditMovieError::Stale => Self::new(ErrorCode::PreconditionFailed),
            EditMovieError::ExternalIdTaken(key) => external_id_taken(key),
            EditMovieError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    facts_rules("EditMovieRequest")
}
