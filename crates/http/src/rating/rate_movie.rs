use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::rating::{RateMovie, RateMovieError, RatedMovie, RatingUseCases};
use reelmark_domain::{Caller, MovieId, Review, Score};
use serde::Deserialize;
use serde_json::json;

use super::presenter::{RatingResponse, tagged};
use crate::extract::{Body, MovieIdInPath, SignedIn, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode, FieldErrors};
use crate::respond::{Created, Put, Tagged};

pub(super) const ERRORS: OperationErrors =
    OperationErrors("rateMovie", &[ErrorCode::Forbidden, ErrorCode::MovieNotFound]);

/// A rating to give.
#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct RateMovieRequest {
    /// The score: half stars times two.
    score: Option<i64>,
    /// What there is to say about it; absent or null, there is no review any more.
    review: Option<String>,
}

/// Rate a movie
///
/// Gives the caller's rating of a movie, in place of the one before. The answer to the first one
/// is 201, with where it is. The movie's rating summary follows within a second.
#[api_v2_operation(tags(Ratings), operation_id = "rateMovie")]
pub(super) async fn rate_movie(
    ratings: Uses<dyn RatingUseCases>,
    caller: SignedIn,
    id: MovieIdInPath,
    body: Body<RateMovieRequest>,
) -> Result<Put<RatingResponse>, ApiError> {
    let command = body.0.into_command(caller.0, id.0)?;
    let rated = ratings.rate_movie(command).await?;
    Ok(rated.into())
}

impl RateMovieRequest {
    fn into_command(self, caller: Caller, movie_id: MovieId) -> Result<RateMovie, ApiError> {
        let mut errors = FieldErrors::default();
        let score = errors.required("score", self.score, Score::parse);
        let review = errors.optional("review", self.review.as_deref(), Review::parse);
        errors.finish(score.map(|score| RateMovie { caller, movie_id, score, review }))
    }
}

impl From<RatedMovie> for Put<RatingResponse> {
    fn from(RatedMovie { rating, is_first }: RatedMovie) -> Self {
        let Tagged { tag, body } = tagged(&rating);
        if is_first {
            let location = format!("/api/v1/movies/{}/rating", rating.movie_id());
            Self::Created(Created { location, tag, body })
        } else {
            Self::Replaced(Tagged { tag, body })
        }
    }
}

impl From<RateMovieError> for ApiError {
    fn from(error: RateMovieError) -> Self {
        match error {
            RateMovieError::Forbidden(forbidden) => forbidden.into(),
            RateMovieError::MovieNotFound => Self::new(ErrorCode::MovieNotFound),
            RateMovieError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let schema = "RateMovieRequest";
    let score = json!({"minimum": Score::MIN, "maximum": Score::MAX, "example": 8});
    let review = json!({
        "minLength": 1,
        "maxLength": Review::MAX,
        "nullable": true,
        "example": "Slow, and not a minute too long.",
    });
    vec![
        Rule::required(schema, "score"),
        Rule::property(schema, "score", score),
        Rule::property(schema, "review", review),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use reelmark_domain::{Action, Role};
    use serde_json::Value;

    const PATH: &str = "/api/v1/movies/42/rating";

    async fn rate(api: Api, body: Value) -> Answer {
        api.put(PATH, body).as_member().send().await
    }

    fn rated(is_first: bool) -> Api {
        let mut api = Api::new();
        let is_ours = |command: &RateMovie| {
            command.caller == samples::caller(Role::Member)
                && command.movie_id == samples::movie_id()
                && command.score.get() == 8
                && command.review.as_ref().is_some_and(|review| review.as_str() == "Slow.")
        };
        let rated = RatedMovie { rating: samples::rating(), is_first };
        api.ratings.expect_rate_movie().withf(is_ours).return_once(|_| Ok(rated));
        api
    }

    async fn failing_with(error: RateMovieError) -> Answer {
        let mut api = Api::new();
        api.ratings.expect_rate_movie().return_once(|_| Err(error));
        rate(api, json!({"score": 8})).await
    }

    #[actix_web::test]
    async fn the_first_rating_is_created() {
        let answer = rate(rated(true), json!({"score": 8, "review": "Slow."})).await;
        assert_eq!((answer.status, answer.header("location")), (201, PATH));
        assert_eq!(answer.header("etag"), "\"2\"");
        let expected = json!({
            "movie_id": 42,
            "score": 8,
            "review": "Slow, and not a minute too long.",
            "rated_at": "2026-03-01T13:00:00Z",
            "created_at": "2026-03-01T12:00:00Z",
        });
        assert_eq!(answer.json(), expected);
    }

    #[actix_web::test]
    async fn a_later_rating_takes_its_place() {
        let answer = rate(rated(false), json!({"score": 8, "review": "Slow."})).await;
        assert_eq!((answer.status, answer.header("location")), (200, ""));
        assert_eq!(answer.header("etag"), "\"2\"");
    }

    #[actix_web::test]
    async fn a_rating_without_a_review_takes_the_review_away() {
        for body in [json!({"score": 8}), json!({"score": 8, "review": null})] {
            let mut api = Api::new();
            let rated = RatedMovie { rating: samples::rating(), is_first: false };
            let has_none = |command: &RateMovie| command.review.is_none();
            api.ratings.expect_rate_movie().withf(has_none).return_once(|_| Ok(rated));
            assert_eq!(rate(api, body).await.status, 200);
        }
    }

    #[actix_web::test]
    async fn takes_whole_scores_from_one_to_ten_alone() {
        let cases = [
            (json!(0), "out_of_range"),
            (json!(11), "out_of_range"),
            (json!(-1), "out_of_range"),
            (json!(5.5), "invalid_type"),
            (json!(8.0), "invalid_type"),
            (json!("7"), "invalid_type"),
            (json!(9_223_372_036_854_775_808_u64), "invalid_type"),
            (json!(null), "required"),
        ];
        for (score, code) in cases {
            rate(Api::new(), json!({"score": score})).await.refuses(&[("score", code)]);
        }
    }

    #[actix_web::test]
    async fn every_field_is_reported_at_once() {
        let body = json!({"score": 11, "review": "x".repeat(5_001)});
        let answer = rate(Api::new(), body).await;
        answer.refuses(&[("score", "out_of_range"), ("review", "too_long")]);
        rate(Api::new(), json!({"review": " "}))
            .await
            .refuses(&[("score", "required"), ("review", "blank")]);
        rate(Api::new(), json!({"score": 8, "spoiler": true}))
            .await
            .refuses(&[("spoiler", "unknown_field")]);
    }

    #[actix_web::test]
    async fn takes_ids_of_64_bits_alone() {
        for id in ["0", "-1", "9223372036854775808", "tt0079944", "4%202"] {
            let path = format!("/api/v1/movies/{id}/rating");
            let answer = Api::new().put(&path, json!({"score": 8})).as_member().send().await;
            answer.refuses(&[("id", "out_of_range")]);
        }
    }

    #[actix_web::test]
    async fn says_what_stands_in_the_way() {
        let forbidden = samples::caller(Role::Member).authorize(Action::EditMovie).unwrap_err();
        failing_with(forbidden.into()).await.fails(403, "forbidden");
        failing_with(RateMovieError::MovieNotFound).await.fails(404, "movie_not_found");
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
        let answer = Api::new().put(PATH, json!({"score": 8})).send().await;
        answer.fails(401, "unauthenticated");
    }
}
