use paperclip::actix::Apiv2Schema;
use reelmark_application::ports::MovieDetails;
use reelmark_domain::{Cursor, Page, TmdbId};
use serde::Serialize;
use serde_json::json;

use crate::openapi::Rule;
use crate::rating::RatingSummaryResponse;
use crate::respond::{EntityTag, Prepared};
use crate::timestamp::timestamp;

/// A movie with its rating summary.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(crate) struct MovieResponse {
    /// The movie's id.
    id: i64,
    /// The title.
    title: String,
    /// The title in the movie's own language.
    original_title: Option<String>,
    /// What else it is called.
    alternative_titles: Vec<String>,
    /// The year of the first release.
    release_year: Option<i32>,
    /// The length in minutes.
    runtime_minutes: Option<i32>,
    /// The language it was made in, by its code of ISO 639.
    original_language: Option<String>,
    /// Where it comes from, by codes of ISO 3166-1.
    countries: Vec<String>,
    /// The genres.
    genres: Vec<String>,
    /// Who directed it.
    directors: Vec<String>,
    /// What it is about.
    synopsis: Option<String>,
    /// Its ids in other catalogues.
    external_ids: ExternalIdsResponse,
    /// Its ratings in numbers.
    rating_summary: RatingSummaryResponse,
    /// When it was added.
    created_at: String,
    /// When its facts were last edited.
    updated_at: String,
}

/// A movie that many are shown, written down once.
pub(super) type ShownMovie = Prepared<MovieDetails, MovieResponse>;

/// A page that many are shown, written down once.
pub(super) type ShownMoviePage = Prepared<Page<MovieDetails>, MoviePage>;

/// A movie's ids in other catalogues.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(crate) struct ExternalIdsResponse {
    /// At IMDb.
    imdb: Option<String>,
    /// At The Movie Database.
    tmdb: Option<i64>,
    /// In the MovieLens data sets.
    movielens: Option<i64>,
}

/// A page of movies.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(crate) struct MoviePage {
    /// The movies in order.
    items: Vec<MovieResponse>,
    /// What to ask the next page with; null on the last one.
    next_cursor: Option<String>,
    /// The number of movies on all pages, when `count=exact` was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
}

impl From<&Page<MovieDetails>> for MoviePage {
    fn from(page: &Page<MovieDetails>) -> Self {
        Self {
            items: page.items.iter().map(MovieResponse::from).collect(),
            next_cursor: page.next.as_ref().map(Cursor::encode),
            total: page.total,
        }
    }
}

impl From<&MovieDetails> for MovieResponse {
    fn from(details: &MovieDetails) -> Self {
        let movie = &details.movie;
        let facts = movie.facts();
        Self {
            id: movie.id().get(),
            title: facts.title.to_string(),
            original_title: facts.original_title.as_ref().map(ToString::to_string),
            alternative_titles: texts(facts.alternative_titles.as_slice()),
            release_year: facts.release_year.map(|year| year.get()),
            runtime_minutes: facts.runtime.map(|runtime| runtime.minutes()),
            original_language: facts.original_language.map(String::from),
            countries: texts(facts.countries.as_slice()),
            genres: texts(facts.genres.as_slice()),
            directors: texts(facts.directors.as_slice()),
            synopsis: facts.synopsis.as_ref().map(ToString::to_string),
            external_ids: ExternalIdsResponse {
                imdb: facts.external_ids.imdb.as_ref().map(ToString::to_string),
                tmdb: facts.external_ids.tmdb.map(TmdbId::get),
                movielens: facts.external_ids.movielens.map(|id| id.get()),
            },
            rating_summary: (&details.summary).into(),
            created_at: timestamp(movie.created_at()),
            updated_at: timestamp(movie.updated_at()),
        }
    }
}

fn texts(items: &[impl ToString]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}

/// The tag of a movie as shown.
pub(super) fn tag_of(details: &MovieDetails) -> EntityTag {
    EntityTag::of_movie(details.movie.version(), details.summary.version())
}

pub(super) fn rules() -> Vec<Rule> {
    let schema = "MovieResponse";
    vec![
        Rule::property(schema, "id", json!({"minimum": 1, "example": 42})),
        Rule::property(schema, "title", json!({"example": "Stalker"})),
        Rule::property(schema, "release_year", json!({"example": 1979})),
        Rule::property(schema, "runtime_minutes", json!({"example": 162})),
        Rule::property(schema, "alternative_titles", json!({"example": ["Stalker: The Zone"]})),
        Rule::property(schema, "original_language", json!({"example": "ru"})),
        Rule::property(schema, "countries", json!({"example": ["RU"]})),
        Rule::property(schema, "genres", json!({"example": ["Drama", "Sci-Fi"]})),
        Rule::property(schema, "directors", json!({"example": ["Andrei Tarkovsky"]})),
        Rule::property(schema, "created_at", json!({"format": "date-time"})),
        Rule::property(schema, "updated_at", json!({"format": "date-time"})),
    ]
}
