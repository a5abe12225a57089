use paperclip::actix::web::Json;
use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::recommendation::{
    Reason, Recommend, RecommendError, RecommendationLimit, RecommendationUseCases,
    Recommendations, RecommendedMovie,
};
use reelmark_domain::{Caller, PredictedScore};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::extract::{Query, SignedIn, Uses};
use crate::movie::MovieResponse;
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, FieldErrors};
use crate::respond::Private;
use crate::timestamp::timestamp;

const OPERATION: &str = "recommendMovies";

pub(super) const ERRORS: OperationErrors = OperationErrors(OPERATION, &[]);

#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct RecommendQuery {
    /// How many movies to recommend.
    limit: Option<i64>,
}

/// What the caller may like.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct RecommendationsResponse {
    /// The movies, most promising first, none of which the caller has rated.
    items: Vec<RecommendedMovieResponse>,
    /// When this was put together.
    computed_at: String,
}

/// A movie that the caller may like.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct RecommendedMovieResponse {
    /// The movie.
    movie: MovieResponse,
    /// How the caller may score it, 1 to 10; null for a movie that is merely popular.
    predicted_score: Option<f64>,
    /// The movies rated by the caller that speak for it most, three at most.
    because: Vec<ReasonResponse>,
}

/// A movie that the caller rated.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct ReasonResponse {
    /// The movie's id.
    id: i64,
    /// The title.
    title: String,
}

/// Recommend movies
///
/// Movies that the caller has not rated and may like, because they are like those they rated.
/// Popular movies fill up where too little is known.
#[api_v2_operation(tags(Users), operation_id = "recommendMovies")]
pub(super) async fn recommend_movies(
    recommendations: Uses<dyn RecommendationUseCases>,
    caller: SignedIn,
    query: Query<RecommendQuery>,
) -> Result<Private<Json<RecommendationsResponse>>, ApiError> {
    let found = recommendations.recommend(query.0.by(caller.0)?).await?;
    Ok(Private(Json(found.into())))
}

impl RecommendQuery {
    fn by(self, caller: Caller) -> Result<Recommend, ApiError> {
        let mut errors = FieldErrors::default();
        let limit = errors.optional("limit", self.limit, RecommendationLimit::parse);
        errors.finish(Some(Recommend { caller, limit: limit.unwrap_or_default() }))
    }
}

impl From<Recommendations> for RecommendationsResponse {
    fn from(found: Recommendations) -> Self {
        let items = found.movies.iter().map(RecommendedMovieResponse::from).collect();
        Self { items, computed_at: timestamp(found.computed_at) }
    }
}

impl From<&RecommendedMovie> for RecommendedMovieResponse {
    fn from(recommended: &RecommendedMovie) -> Self {
        Self {
            movie: (&recommended.details).into(),
            predicted_score: recommended.predicted_score.map(to_the_tenth),
            because: recommended.because.iter().map(ReasonResponse::from).collect(),
        }
    }
}

impl From<&Reason> for ReasonResponse {
    fn from(reason: &Reason) -> Self {
        Self { id: reason.movie_id.get(), title: reason.title.to_string() }
    }
}

fn to_the_tenth(score: PredictedScore) -> f64 {
    (score.get() * 10.0).round() / 10.0
}

impl From<RecommendError> for ApiError {
    fn from(error: RecommendError) -> Self {
        match error {
            RecommendError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let limit = json!({
        "minimum": 1,
        "maximum": RecommendationLimit::MAX,
        "default": RecommendationLimit::DEFAULT.get(),
    });
    vec![
        Rule::parameter(OPERATION, "limit", limit),
        Rule::property("RecommendationsResponse", "computed_at", json!({"format": "date-time"})),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Api, samples};
    use mockall::predicate::eq;
    use reelmark_domain::{MovieId, Role, Title, UserBias, WeightedScore};

    const PATH: &str = "/api/v1/users/me/recommendations";

    fn query(limit: i64) -> Recommend {
        let limit = RecommendationLimit::parse(limit).unwrap();
        Recommend { caller: samples::caller(Role::Member), limit }
    }

    fn predicted() -> PredictedScore {
        let score: WeightedScore = samples::summary().weighted_score().unwrap();
        PredictedScore::new(&score, UserBias::default(), 4.0)
    }

    /// Stalker twice: because of Solaris, and because all like it.
    fn found() -> Recommendations {
        let solaris = Reason {
            movie_id: MovieId::parse(43).unwrap(),
            title: Title::parse("Solaris").unwrap(),
        };
        let like_others = RecommendedMovie {
            details: samples::movie(),
            predicted_score: Some(predicted()),
            because: vec![solaris],
        };
        let popular =
            RecommendedMovie { predicted_score: None, because: vec![], ..like_others.clone() };
        Recommendations { movies: vec![like_others, popular], computed_at: samples::NOON }
    }

    fn api(limit: i64) -> Api {
        let mut api = Api::new();
        api.recommendations.expect_recommend().with(eq(query(limit))).returning(|_| Ok(found()));
        api
    }

    #[actix_web::test]
    async fn says_what_speaks_for_each_movie_and_lets_nobody_else_keep_it() {
        let answer = api(20).get(PATH).as_member().send().await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, "private, no-cache"));
        let body = answer.json();
        assert_eq!(body["computed_at"], "2026-03-01T12:00:00Z");
        let [first, second] = [&body["items"][0], &body["items"][1]];
        assert_eq!(first["movie"]["title"], "Stalker");
        assert_eq!(first["predicted_score"], 8.5);
        assert_eq!(first["because"], json!([{"id": 43, "title": "Solaris"}]));
        assert_eq!((&second["predicted_score"], &second["because"]), (&json!(null), &json!([])));
    }

    #[actix_web::test]
    async fn takes_a_limit_of_1_to_50() {
        let answer = api(50).get(&format!("{PATH}?limit=50")).as_member().send().await;
        assert_eq!(answer.status, 200);
        for limit in ["0", "51"] {
            let call = Api::new().get(&format!("{PATH}?limit={limit}"));
            call.as_member().send().await.refuses(&[("limit", "out_of_range")]);
        }
    }

    #[actix_web::test]
    async fn says_what_stands_in_the_way() {
        let mut api = Api::new();
        let down = |_| Err(samples::unavailable().into());
        api.recommendations.expect_recommend().return_once(down);
        api.get(PATH).as_member().send().await.fails(503, "unavailable");
        Api::new().get(PATH).send().await.fails(401, "unauthenticated");
    }
}
