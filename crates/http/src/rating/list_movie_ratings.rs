use std::borrow::Cow;

use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::rating::{
    ListMovieRatings, ListMovieRatingsError, MovieRating, RatingUseCases,
};
use reelmark_domain::{MovieId, Page};
use serde::Serialize;

use crate::extract::{MovieIdInPath, Query, Uses};
use crate::openapi::{OperationErrors, Rule, page_rules};
use crate::problem::{ApiError, ErrorCode, FieldErrors};
use crate::respond::{Listed, PageQuery, PageResponse};
use crate::timestamp::timestamp;

pub(super) const ERRORS: OperationErrors =
    OperationErrors("listMovieRatings", &[ErrorCode::MovieNotFound]);

/// A page of a movie's ratings.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct MovieRatingPage {
    /// The ratings, latest first.
    items: Vec<MovieRatingResponse>,
    /// What to ask the next page with; null on the last one.
    next_cursor: Option<String>,
    /// The number of ratings on all pages, when `count=exact` was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
}

/// A rating, with who gave it.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct MovieRatingResponse {
    /// Who gave it.
    user: RaterResponse,
    /// The score, 1 to 10.
    score: u8,
    /// What they have to say about it.
    review: Option<String>,
    /// When the score or the review was last given.
    rated_at: String,
    /// When the movie was first rated.
    created_at: String,
}

/// What it takes to name somebody.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct RaterResponse {
    /// The name they are found by.
    username: String,
    /// The name to show; the username serves when there is none.
    display_name: Option<String>,
}

/// List a movie's ratings
///
/// A page of the ratings and reviews that public profiles gave a movie, latest first. Those of
/// private profiles count towards the summary, but aren't listed.
#[api_v2_operation(tags(Ratings), operation_id = "listMovieRatings")]
pub(super) async fn list_movie_ratings(
    ratings: Uses<dyn RatingUseCases>,
    id: MovieIdInPath,
    query: Query<PageQuery>,
) -> Result<Listed<MovieRatingPage>, ApiError> {
    let query = into_query(query.0, id.0)?;
    Ok(Listed(ratings.list_movie_ratings(query).await?.into()))
}

fn into_query(query: PageQuery, movie_id: MovieId) -> Result<ListMovieRatings, ApiError> {
    let mut errors = FieldErrors::default();
    let paging = query.check(&mut errors);
    errors.finish(Some(ListMovieRatings {
        movie_id,
        limit: paging.limit,
        cursor: paging.cursor,
        with_total: paging.with_total,
    }))
}

impl From<Page<MovieRating>> for MovieRatingPage {
    fn from(page: Page<MovieRating>) -> Self {
        Self {
            items: page.items.iter().map(MovieRatingResponse::from).collect(),
            next_cursor: page.next.map(|cursor| cursor.encode()),
            total: page.total,
        }
    }
}

impl From<&MovieRating> for MovieRatingResponse {
    fn from(MovieRating { rating, username, display_name }: &MovieRating) -> Self {
        Self {
            user: RaterResponse {
                username: username.to_string(),
                display_name: display_name.as_ref().map(ToString::to_string),
            },
            score: rating.score().get(),
            review: rating.review().map(ToString::to_string),
            rated_at: timestamp(rating.updated_at()),
            created_at: timestamp(rating.created_at()),
        }
    }
}

impl PageResponse for MovieRatingPage {
    fn next_cursor(&self) -> Option<Cow<'_, str>> {
        self.next_cursor.as_deref().map(Cow::from)
    }
}

impl From<ListMovieRatingsError> for ApiError {
    fn from(error: ListMovieRatingsError) -> Self {
        match error {
            ListMovieRatingsError::MovieNotFound => Self::new(ErrorCode::MovieNotFound),
            ListMovieRatingsError::Cursor(error) => error.into(),
            ListMovieRatingsError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    page_rules("listMovieRatings")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use reelmark_domain::{Cursor, CursorError, Username};
    use serde_json::json;

    const PATH: &str = "/api/v1/movies/42/ratings";

    fn page() -> Page<MovieRating> {
        let username = Username::parse("Ada_L").unwrap();
        let item = MovieRating { rating: samples::rating(), username, display_name: None };
        Page { items: vec![item], next: None, total: None }
    }

    async fn failing_with(error: ListMovieRatingsError) -> Answer {
        let mut api = Api::new();
        api.ratings.expect_list_movie_ratings().return_once(|_| Err(error));
        api.get(PATH).send().await
    }

    #[actix_web::test]
    async fn lists_the_ratings_with_who_gave_them() {
        let mut api = Api::new();
        let cursor = Cursor::new("list", &["0"]);
        let after = Some(cursor.clone());
        let is_ours = move |query: &ListMovieRatings| {
            query.movie_id == samples::movie_id()
                && query.limit.get() == 100
                && query.cursor == after
                && !query.with_total
        };
        api.ratings.expect_list_movie_ratings().withf(is_ours).returning(|_| Ok(page()));
        let path = format!("{PATH}?limit=100&cursor={}", cursor.encode());
        let answer = api.get(&path).send().await;
        let expected = json!({
            "items": [{
                "user": {"username": "Ada_L", "display_name": null},
                "score": 8,
                "review": "Slow, and not a minute too long.",
                "rated_at": "2026-03-01T13:00:00Z",
                "created_at": "2026-03-01T12:00:00Z",
            }],
            "next_cursor": null,
        });
        assert_eq!((answer.status, answer.json()), (200, expected));
    }

    #[actix_web::test]
    async fn refuses_a_changed_cursor_and_a_limit_out_of_range() {
        let cursor = Cursor::new("list", &["1"]).encode().replace('A', "B");
        let answer = Api::new().get(&format!("{PATH}?cursor={cursor}x")).send().await;
        answer.refuses(&[("cursor", "invalid_cursor")]);
        let answer = Api::new().get(&format!("{PATH}?limit=0&count=all")).send().await;
        answer.refuses(&[("limit", "out_of_range"), ("count", "malformed")]);
    }

    #[actix_web::test]
    async fn says_what_stands_in_the_way() {
        failing_with(ListMovieRatingsError::MovieNotFound).await.fails(404, "movie_not_found");
        failing_with(CursorError.into()).await.refuses(&[("cursor", "invalid_cursor")]);
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
    }
}
