use actix_web::web::Json;
use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::movie::{MovieSuggestion, MovieUseCases, SuggestMovies};
use reelmark_domain::{ReleaseYear, Title, ValueError};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::extract::{Query, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, FieldErrors};

const OPERATION: &str = "suggestMovies";

pub(super) const ERRORS: OperationErrors = OperationErrors(OPERATION, &[]);

/// What somebody has typed so far.
#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct SuggestMoviesQuery {
    /// What is typed so far: beginnings of words.
    q: Option<String>,
    /// How many suggestions there are, at most.
    limit: Option<i64>,
}

/// Movies that somebody may be about to type.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct SuggestionsResponse {
    /// The movies, the best suggestion first.
    items: Vec<SuggestionResponse>,
}

/// What it takes to choose a movie.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct SuggestionResponse {
    /// The movie's id.
    id: i64,
    /// The title.
    title: String,
    /// The title in the movie's own language.
    original_title: Option<String>,
    /// The year of the first release.
    release_year: Option<i32>,
    /// How many ratings it has.
    count: u64,
    /// Its mean score, drawn towards that of the catalogue while ratings are few; null without
    /// ratings.
    weighted_score: Option<f64>,
}

/// Suggest movies while somebody types
///
/// Movies with titles in which every typed word begins a word: those whose whole title was typed,
/// then the most rated. What is mistyped is left to the search.
#[api_v2_operation(tags(Movies), operation_id = "suggestMovies")]
pub(super) async fn suggest_movies(
    movies: Uses<dyn MovieUseCases>,
    query: Query<SuggestMoviesQuery>,
) -> Result<Json<SuggestionsResponse>, ApiError> {
    let found = movies.suggest_movies(query.0.into_query()?).await?;
    Ok(Json(SuggestionsResponse { items: found.into_iter().map(Into::into).collect() }))
}

impl SuggestMoviesQuery {
    fn into_query(self) -> Result<SuggestMovies, ApiError> {
        let mut errors = FieldErrors::default();
        let text = errors.required("q", self.q, text);
        let limit = errors.optional("limit", self.limit, limit);
        let limit = limit.unwrap_or(SuggestMovies::DEFAULT);
        errors.finish(text.map(|text| SuggestMovies { text, limit }))
    }
}

fn text(raw: String) -> Result<String, ValueError> {
    match raw.chars().count() {
        actual if actual > Title::MAX => Err(ValueError::TooLong { max: Title::MAX, actual }),
        _ => Ok(raw),
    }
}

fn limit(actual: i64) -> Result<usize, ValueError> {
    let (min, max) = (1, SuggestMovies::MAX as i64);
    let limit = usize::try_from(actual).ok().filter(|_| (min..=max).contains(&actual));
    limit.ok_or(ValueError::OutOfRange { min, max, actual })
}

impl From<MovieSuggestion> for SuggestionResponse {
    fn from(found: MovieSuggestion) -> Self {
        Self {
            id: found.id.get(),
            title: found.title.into(),
            original_title: found.original_title.map(Into::into),
            release_year: found.release_year.map(ReleaseYear::get),
            count: found.count,
            weighted_score: found.weighted_score,
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let limit =
        json!({"minimum": 1, "maximum": SuggestMovies::MAX, "default": SuggestMovies::DEFAULT});
    vec![
        Rule::parameter(OPERATION, "q", json!({"maxLength": Title::MAX, "example": "the mat"})),
        Rule::parameter(OPERATION, "limit", limit),
        Rule::property("SuggestionsResponse", "items", json!({"maxItems": SuggestMovies::MAX})),
    ]
}

#[cfg(test)]
mod tests {
    use crate::testing::{Api, samples};
    use reelmark_application::movie::MovieSuggestion;
    use reelmark_domain::{ReleaseYear, Title};
    use serde_json::json;

    #[actix_web::test]
    async fn suggests_eight_movies_unless_asked_for_another_number() {
        let mut api = Api::new();
        api.movies
            .expect_suggest_movies()
            .withf(|query| (query.text.as_str(), query.limit) == ("stal", 8))
            .returning(|_| {
                Ok(vec![MovieSuggestion {
                    id: samples::movie_id(),
                    title: Title::parse("Stalker").unwrap(),
                    original_title: None,
                    release_year: ReleaseYear::from_stored(1979).ok(),
                    count: 0,
                    weighted_score: None,
                }])
            });
        let answer = api.get("/api/v1/search/suggest?q=stal").send().await;
        assert_eq!(answer.status, 200);
        let suggestion = json!({"id": 42, "title": "Stalker", "original_title": null,
            "release_year": 1979, "count": 0, "weighted_score": null});
        assert_eq!(answer.json(), json!({"items": [suggestion]}));
    }

    #[actix_web::test]
    async fn a_query_that_breaks_a_rule_is_refused() {
        for (query, field) in [("", "q"), ("q=a&limit=11", "limit"), ("q=a&limit=0", "limit")] {
            let answer = Api::new().get(&format!("/api/v1/search/suggest?{query}")).send().await;
            assert_eq!(answer.status, 422);
            assert_eq!(answer.problem()["errors"][0]["field"], field);
        }
    }
}
