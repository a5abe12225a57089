use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::movie::{AddMovie, AddMovieError, MovieUseCases};
use reelmark_application::ports::{Clock, UniqueKey};
use reelmark_domain::{
    AlternativeTitles, Caller, Countries, Country, Directors, ExternalIds, Genre, Genres, ImdbId,
    Language, MovieFacts, MovieLensId, PersonName, ReleaseYear, Runtime, Synopsis, Title, TmdbId,
};
use serde::Deserialize;
use serde_json::json;

use super::presenter::{MovieResponse, tag_of};
use crate::extract::{Body, SignedIn, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode, FieldErrors};
use crate::respond::Created;

pub(super) const ERRORS: OperationErrors =
    OperationErrors("addMovie", &[ErrorCode::Forbidden, ErrorCode::ExternalIdTaken]);

/// A movie to add.
#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddMovieRequest {
    /// The title people look for.
    title: Option<String>,
    /// The title in the movie's own language, where it differs.
    original_title: Option<String>,
    /// What else it is called.
    alternative_titles: Option<Vec<String>>,
    /// The year of the first release.
    release_year: Option<i64>,
    /// The length in minutes.
    runtime_minutes: Option<i64>,
    /// The language it was made in, by its code of ISO 639.
    original_language: Option<String>,
    /// Where it comes from, by codes of ISO 3166-1 with two letters.
    countries: Option<Vec<String>>,
    /// The genres.
    genres: Option<Vec<String>>,
    /// Who directed it.
    directors: Option<Vec<String>>,
    /// What it is about.
    synopsis: Option<String>,
    /// Its ids in other catalogues.
    external_ids: Option<ExternalIdsRequest>,
}

/// A movie's ids in other catalogues.
#[derive(Debug, Default, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExternalIdsRequest {
    /// At IMDb.
    imdb: Option<String>,
    /// At The Movie Database.
    tmdb: Option<i64>,
    /// In the MovieLens data sets.
    movielens: Option<i64>,
}

/// Add a movie
///
/// Anybody who is signed in may add a movie. The answer carries where it is and its `ETag`.
#[api_v2_operation(tags(Movies), operation_id = "addMovie")]
pub(super) async fn add_movie(
    movies: Uses<dyn MovieUseCases>,
    clock: Uses<dyn Clock>,
    caller: SignedIn,
    body: Body<AddMovieRequest>,
) -> Result<Created<MovieResponse>, ApiError> {
    let command = body.0.into_command(caller.0, clock.now().year())?;
    let details = movies.add_movie(command).await?;
    Ok(Created {
        location: format!("/api/v1/movies/{}", details.movie.id()),
        tag: tag_of(&details),
        body: (&details).into(),
    })
}

impl AddMovieRequest {
    fn into_command(self, caller: Caller, this_year: i32) -> Result<AddMovie, ApiError> {
        let mut errors = FieldErrors::default();
        let title = errors.required("title", self.title.as_deref(), Title::parse);
        let original_title =
            errors.optional("original_title", self.original_title.as_deref(), Title::parse);
        let alternative_titles = errors.list(
            "alternative_titles",
            self.alternative_titles,
            Title::parse,
            AlternativeTitles::new,
        );
        let release_year = errors.optional("release_year", self.release_year, |year| {
            ReleaseYear::parse(year, this_year)
        });
        let runtime = errors.optional("runtime_minutes", self.runtime_minutes, Runtime::parse);
        let original_language = errors.optional(
            "original_language",
            self.original_language.as_deref(),
            Language::parse,
        );
        let countries = errors.list("countries", self.countries, Country::parse, Countries::new);
        let genres = errors.list("genres", self.genres, Genre::parse, Genres::new);
        let directors = errors.list("directors", self.directors, PersonName::parse, Directors::new);
        let synopsis = errors.optional("synopsis", self.synopsis.as_deref(), Synopsis::parse);
        let external_ids = self.external_ids.unwrap_or_default().check(&mut errors);
        let facts = title.map(|title| MovieFacts {
            title,
            original_title,
            alternative_titles,
            release_year,
            runtime,
            original_language,
            countries,
            genres,
            directors,
            synopsis,
            external_ids,
        });
        errors.finish(facts.map(|facts| AddMovie { caller, facts }))
    }
}

impl ExternalIdsRequest {
    fn check(self, errors: &mut FieldErrors) -> ExternalIds {
        ExternalIds {
            imdb: errors.optional("external_ids.imdb", self.imdb.as_deref(), ImdbId::parse),
            tmdb: errors.optional("external_ids.tmdb", self.tmdb, TmdbId::parse),
            movielens: errors.optional(
                "external_ids.movielens",
                self.movielens,
                MovieLensId::parse,
            ),
        }
    }
}

impl From<AddMovieError> for ApiError {
    fn from(error: AddMovieError) -> Self {
        match error {
            AddMovieError::Forbidden(forbidden) => forbidden.into(),
            AddMovieError::ExternalIdTaken(key) => external_id_taken(key),
            AddMovieError::Store(error) => error.into(),
        }
    }
}

/// The conflict that adding and editing share.
pub(super) fn external_id_taken(key: UniqueKey) -> ApiError {
    let detail = format!("{key} belongs to another movie.");
    ApiError::new(ErrorCode::ExternalIdTaken).detail(detail)
}

pub(super) fn rules() -> Vec<Rule> {
    let mut rules = facts_rules("AddMovieRequest");
    rules.push(Rule::required("AddMovieRequest", "title"));
    rules
}

/// What the document says of a movie's facts, wherever they are sent.
pub(super) fn facts_rules(schema: &'static str) -> Vec<Rule> {
    let text = |max, example| json!({"minLength": 1, "maxLength": max, "example": example});
    let names = |max, item_max, example| {
        json!({"maxItems": max, "items": {"type": "string", "minLength": 1, "maxLength": item_max},
            "example": [example]})
    };
    let id = |example| json!({"minimum": 1, "maximum": i32::MAX, "example": example});
    vec![
        Rule::property(schema, "title", text(Title::MAX, "Stalker")),
        Rule::property(schema, "original_title", text(Title::MAX, "Сталкер")),
        Rule::property(
            schema,
            "release_year",
            json!({"minimum": ReleaseYear::MIN,
            "description": "The year of the first release, at most ten years ahead.", "example": 1979}),
        ),
        Rule::property(
            schema,
            "runtime_minutes",
            json!({"minimum": 1, "maximum": Runtime::MAX, "example": 162}),
        ),
        Rule::property(
            schema,
            "alternative_titles",
            names(AlternativeTitles::MAX, Title::MAX, "Stalker: The Zone"),
        ),
        Rule::property(
            schema,
            "original_language",
            json!({"pattern": "^[A-Za-z]{2,3}$", "example": "ru"}),
        ),
        Rule::property(
            schema,
            "countries",
            json!({"maxItems": Countries::MAX, "items": {"type": "string",
                "pattern": "^[A-Za-z]{2}$"}, "example": ["RU"]}),
        ),
        Rule::property(schema, "genres", names(Genres::MAX, Genre::MAX, "Drama")),
        Rule::property(
            schema,
            "directors",
            names(Directors::MAX, PersonName::MAX, "Andrei Tarkovsky"),
        ),
        Rule::property(
            schema,
            "synopsis",
            text(Synopsis::MAX, "A guide leads two men through the Zone."),
        ),
        Rule::property(
            schema,
            "external_ids.imdb",
            json!({"pattern": "^tt[0-9]{7,10}$", "example": "tt0079944"}),
        ),
        Rule::property(schema, "external_ids.tmdb", id(1398)),
        Rule::property(schema, "external_ids.movielens", id(1237)),
    ]
}
