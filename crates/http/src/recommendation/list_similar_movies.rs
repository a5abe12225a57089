use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::recommendation::{
    ListSimilar, ListSimilarError, RecommendationUseCases, SimilarLimit, SimilarMovie,
};
use reelmark_domain::MovieId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::extract::{MovieIdInPath, Query, Uses};
use crate::movie::MovieResponse;
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode, FieldErrors};
use crate::respond::{EntityTag, Tagged};

const OPERATION: &str = "listSimilarMovies";

pub(super) const ERRORS: OperationErrors = OperationErrors(OPERATION, &[ErrorCode::MovieNotFound]);

#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct ListSimilarQuery {
    /// How many movies to list.
    limit: Option<i64>,
}

/// Movies that are like another.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct SimilarMoviesResponse {
    /// The movies, most alike first; none when too few people have rated the other.
    items: Vec<SimilarMovieResponse>,
}

/// A movie that is like another.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct SimilarMovieResponse {
    /// The movie.
    movie: MovieResponse,
    /// How alike the two are, from just above 0 to 1: by how many of those who rated one rated the
    /// other.
    similarity: f64,
}

/// List similar movies
///
/// The movies most like one movie: those that the same people rated. They are computed in the
/// background and follow new ratings after a while.
#[api_v2_operation(tags(Movies), operation_id = "listSimilarMovies")]
pub(super) async fn list_similar_movies(
    recommendations: Uses<dyn RecommendationUseCases>,
    id: MovieIdInPath,
    query: Query<ListSimilarQuery>,
) -> Result<Tagged<SimilarMoviesResponse>, ApiError> {
    let similar = recommendations.list_similar(query.0.about(id.0)?).await?;
    let items = similar.iter().map(SimilarMovieResponse::from).collect();
    Ok(Tagged { tag: tag_of(&similar), body: SimilarMoviesResponse { items } })
}

impl ListSimilarQuery {
    fn about(self, movie_id: MovieId) -> Result<ListSimilar, ApiError> {
        let mut errors = FieldErrors::default();
        let limit = errors.optional("limit", self.limit, SimilarLimit::parse).unwrap_or_default();
        errors.finish(Some(ListSimilar { movie_id, limit }))
    }
}

/// Which movies there are, in what version, and how similar.
fn tag_of(similar: &[SimilarMovie]) -> EntityTag {
    EntityTag::of_parts(similar.iter().map(|SimilarMovie { movie, similarity }| {
        let (facts, summary) = (movie.movie.version(), movie.summary.version());
        [movie.movie.id().get(), similarity.steps(), facts, summary]
    }))
}

impl From<&SimilarMovie> for SimilarMovieResponse {
    fn from(similar: &SimilarMovie) -> Self {
        let movie = MovieResponse::from(&**similar.movie);
        Self { movie, similarity: similar.similarity.get() }
    }
}

impl From<ListSimilarError> for ApiError {
    fn from(error: ListSimilarError) -> Self {
        match error {
            ListSimilarError::MovieNotFound => Self::new(ErrorCode::MovieNotFound),
            ListSimilarError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let limit = json!({
        "minimum": 1, "maximum": SimilarLimit::MAX, "default": SimilarLimit::DEFAULT.get(),
    });
    vec![Rule::parameter(OPERATION, "limit", limit)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use mockall::predicate::eq;
    use reelmark_application::caching::Shown;
    use reelmark_domain::Similarity;
    use std::sync::Arc;

    const PATH: &str = "/api/v1/movies/42/similar";

    fn query(limit: i64) -> ListSimilar {
        let limit = SimilarLimit::parse(limit).unwrap();
        ListSimilar { movie_id: samples::movie_id(), limit }
    }

    /// Stalker is like this movie.
    fn api(limit: i64) -> Api {
        let mut api = Api::new();
        api.recommendations.expect_list_similar().with(eq(query(limit))).returning(|_| {
            let movie = Arc::new(Shown::new(samples::movie()));
            Ok(vec![SimilarMovie { movie, similarity: Similarity::from_steps(2_731).unwrap() }])
        });
        api
    }

    async fn failing_with(error: ListSimilarError) -> Answer {
        let mut api = Api::new();
        api.recommendations.expect_list_similar().return_once(|_| Err(error));
        api.get(PATH).send().await
    }

    #[actix_web::test]
    async fn shows_movies_with_how_alike_they_are() {
        let answer = api(10).get(PATH).send().await;
        assert_eq!((answer.status, answer.header("etag")), (200, "\"42-2731-4-9\""));
        let items = &answer.json()["items"];
        assert_eq!(items[0]["similarity"], 0.2731);
        assert_eq!(items[0]["movie"]["title"], "Stalker");
        assert_eq!(items[0]["movie"]["rating_summary"]["count"], 3);
    }

    #[actix_web::test]
    async fn whoever_has_them_already_gets_nothing() {
        let answer = api(10).get(PATH).header("If-None-Match", "\"42-2731-4-9\"").send().await;
        assert_eq!((answer.status, answer.text()), (304, ""));
    }

    #[actix_web::test]
    async fn takes_a_limit_of_1_to_20() {
        assert_eq!(api(20).get(&format!("{PATH}?limit=20")).send().await.status, 200);
        for limit in ["0", "21"] {
            let answer = Api::new().get(&format!("{PATH}?limit={limit}")).send().await;
            answer.refuses(&[("limit", "out_of_range")]);
        }
        let answer = Api::new().get(&format!("{PATH}?cursor=x")).send().await;
        answer.refuses(&[("cursor", "unknown_field")]);
    }

    #[actix_web::test]
    async fn says_what_stands_in_the_way() {
        failing_with(ListSimilarError::MovieNotFound).await.fails(404, "movie_not_found");
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
    }
}
