use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::rating::{RatingUseCases, ViewRatingSummaryError};
use reelmark_domain::{PRIOR_WEIGHT, RatingSummary};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::presenter::RatingSummaryResponse;
use crate::extract::{MovieIdInPath, Query, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode};
use crate::respond::{EntityTag, Tagged};

pub(super) const ERRORS: OperationErrors =
    OperationErrors("viewRatingSummary", &[ErrorCode::MovieNotFound]);

#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct ViewRatingSummaryQuery {
    /// Whether to add what the weighted score was computed from.
    explain: Option<bool>,
}

/// All ratings of a movie in numbers, and where they come from.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct ExplainedSummaryResponse {
    #[serde(flatten)]
    summary: RatingSummaryResponse,
    /// What the weighted score was computed from, when `explain=true` was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<ExplanationResponse>,
}

/// What the weighted score was computed from.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct ExplanationResponse {
    /// How the weighted score follows from the rest.
    formula: &'static str,
    /// The number of the movie's ratings.
    v: u64,
    /// The movie's own mean; null before its first rating.
    r: Option<f64>,
    /// How many ratings at the catalogue's mean every movie starts with.
    m: f64,
    /// The mean over all ratings of all movies; null before the movie's first rating.
    c: Option<f64>,
}

/// Show a movie's rating summary
///
/// All ratings of a movie in numbers. They are computed in the background, within a second after
/// a rating.
#[api_v2_operation(tags(Ratings), operation_id = "viewRatingSummary")]
pub(super) async fn view_rating_summary(
    ratings: Uses<dyn RatingUseCases>,
    id: MovieIdInPath,
    query: Query<ViewRatingSummaryQuery>,
) -> Result<Tagged<ExplainedSummaryResponse>, ApiError> {
    let summary = ratings.view_rating_summary(id.0).await?;
    let is_asked_why = query.0.explain.unwrap_or(false);
    let body = ExplainedSummaryResponse {
        summary: (&summary).into(),
        explanation: is_asked_why.then(|| (&summary).into()),
    };
    Ok(Tagged { tag: EntityTag::of_version(summary.version()), body })
}

impl From<&RatingSummary> for ExplanationResponse {
    fn from(summary: &RatingSummary) -> Self {
        Self {
            formula: "(v * r + m * c) / (v + m)",
            v: summary.histogram().count(),
            r: summary.histogram().mean(),
            m: PRIOR_WEIGHT,
            c: summary.weighted_score().map(|score| score.catalogue_mean.get()),
        }
    }
}

impl From<ViewRatingSummaryError> for ApiError {
    fn from(error: ViewRatingSummaryError) -> Self {
        match error {
            ViewRatingSummaryError::MovieNotFound => Self::new(ErrorCode::MovieNotFound),
            ViewRatingSummaryError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let schema = "ExplainedSummaryResponse";
    let histogram = json!({"minItems": 10, "maxItems": 10});
    vec![
        Rule::property(schema, "movie_id", json!({"minimum": 1, "example": 42})),
        Rule::property(schema, "interval_90", json!({"minItems": 2, "maxItems": 2})),
        Rule::property(schema, "histogram", histogram),
        Rule::property(schema, "computed_at", json!({"format": "date-time"})),
        Rule::property(schema, "explanation.m", json!({"example": PRIOR_WEIGHT})),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use mockall::predicate::eq;
    use reelmark_domain::Histogram;
    use serde_json::Value;

    const PATH: &str = "/api/v1/movies/42/rating-summary";

    async fn show(summary: RatingSummary, query: &str) -> Answer {
        let mut api = Api::new();
        let of = eq(samples::movie_id());
        api.ratings.expect_view_rating_summary().with(of).return_once(|_| Ok(summary));
        api.get(&format!("{PATH}{query}")).send().await
    }

    async fn failing_with(error: ViewRatingSummaryError) -> Answer {
        let mut api = Api::new();
        api.ratings.expect_view_rating_summary().return_once(|_| Err(error));
        api.get(PATH).send().await
    }

    #[actix_web::test]
    async fn shows_the_numbers_without_explaining_them() {
        let answer = show(samples::summary(), "").await;
        assert_eq!((answer.status, answer.header("etag")), (200, "\"9\""));
        let mut body = answer.json();
        let interval = body["interval_90"].take();
        assert!(interval[0].as_f64() < interval[1].as_f64());
        let expected = json!({
            "movie_id": 42,
            "count": 3,
            "mean": 7.0,
            "weighted_score": (3.0 * 7.0 + 50.0 * 6.5) / 53.0,
            "interval_90": null,
            "histogram": [0, 0, 0, 0, 1, 0, 0, 2, 0, 0],
            "version": 9,
            "computed_at": "2026-03-01T13:00:00Z",
        });
        assert_eq!(body, expected);
    }

    #[actix_web::test]
    async fn explains_the_weighted_score_when_asked() {
        let body = show(samples::summary(), "?explain=true").await.json();
        let number = |name: &str| body["explanation"][name].as_f64().unwrap();
        let (v, r, m, c) = (number("v"), number("r"), number("m"), number("c"));
        assert_eq!((v, r, m, c), (3.0, 7.0, 50.0, 6.5));
        assert_eq!(body["weighted_score"].as_f64(), Some((v * r + m * c) / (v + m)));
        assert_eq!(body["explanation"]["formula"], "(v * r + m * c) / (v + m)");
    }

    #[actix_web::test]
    async fn an_unrated_movie_has_no_numbers_to_explain() {
        let (id, nobody) = (samples::movie_id(), Histogram::default());
        let unrated = RatingSummary::new(id, nobody, None, 0, samples::NOON);
        let body = show(unrated, "?explain=true").await.json();
        assert_eq!((&body["count"], &body["mean"]), (&json!(0), &Value::Null));
        assert_eq!((&body["weighted_score"], &body["interval_90"]), (&Value::Null, &Value::Null));
        let explanation = json!({"formula": body["explanation"]["formula"], "v": 0, "r": null, "m": 50.0, "c": null});
        assert_eq!(body["explanation"], explanation);
    }

    #[actix_web::test]
    async fn refuses_what_is_neither_true_nor_false() {
        let answer = Api::new().get(&format!("{PATH}?explain=yes")).send().await;
        answer.refuses(&[("explain", "invalid_type")]);
    }

    #[actix_web::test]
    async fn says_what_stands_in_the_way() {
        failing_with(ViewRatingSummaryError::MovieNotFound).await.fails(404, "movie_not_found");
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
    }
}
