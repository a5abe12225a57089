use std::borrow::Cow;

use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::user::{ListUserRatings, ListUserRatingsError, UserRating, UserUseCases};
use reelmark_domain::{Caller, Page, Username};
use serde::Serialize;

use crate::extract::{MaybeSignedIn, Query, UsernameInPath, Uses};
use crate::openapi::{OperationErrors, Rule, page_rules};
use crate::problem::{ApiError, ErrorCode, FieldErrors};
use crate::respond::{Listed, PageQuery, PageResponse};
use crate::timestamp::timestamp;

pub(super) const ERRORS: OperationErrors =
    OperationErrors("listUserRatings", &[ErrorCode::UserNotFound]);

/// A page of somebody's ratings.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct UserRatingPage {
    /// The ratings, latest first.
    items: Vec<UserRatingResponse>,
    /// What to ask the next page with; null on the last one.
    next_cursor: Option<String>,
    /// The number of ratings on all pages, when `count=exact` was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
}

/// A rating, with what was rated.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct UserRatingResponse {
    /// What was rated.
    movie: RatedMovieResponse,
    /// The score, 1 to 10.
    score: u8,
    /// What they have to say about it.
    review: Option<String>,
    /// When the score or the review was last given.
    rated_at: String,
    /// When the movie was first rated.
    created_at: String,
}

/// What it takes to name a movie.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct RatedMovieResponse {
    /// The movie's id.
    id: i64,
    /// The title.
    title: String,
    /// The year of the first release.
    release_year: Option<i32>,
}

/// List somebody's ratings
///
/// A page of the movies somebody rated, latest first. The ratings of a private profile are shown
/// to its owner and to admins alone.
#[api_v2_operation(tags(Users), operation_id = "listUserRatings")]
pub(super) async fn list_user_ratings(
    users: Uses<dyn UserUseCases>,
    viewer: MaybeSignedIn,
    username: UsernameInPath,
    query: Query<PageQuery>,
) -> Result<Listed<UserRatingPage>, ApiError> {
    let query = into_query(query.0, viewer.0, username.0)?;
    Ok(Listed(users.list_user_ratings(query).await?.into()))
}

fn into_query(
    query: PageQuery,
    viewer: Option<Caller>,
    username: Username,
) -> Result<ListUserRatings, ApiError> {
    let mut errors = FieldErrors::default();
    let paging = query.check(&mut errors);
    errors.finish(Some(ListUserRatings {
        viewer,
        username,
        limit: paging.limit,
        cursor: paging.cursor,
        with_total: paging.with_total,
    }))
}

impl From<Page<UserRating>> for UserRatingPage {
    fn from(page: Page<UserRating>) -> Self {
        Self {
            items: page.items.iter().map(UserRatingResponse::from).collect(),
            next_cursor: page.next.map(|cursor| cursor.encode()),
            total: page.total,
        }
    }
}

impl From<&UserRating> for UserRatingResponse {
    fn from(UserRating { rating, title, release_year }: &UserRating) -> Self {
        Self {
            movie: RatedMovieResponse {
                id: rating.movie_id().get(),
                title: title.to_string(),
                release_year: release_year.map(|year| year.get()),
            },
            score: rating.score().get(),
            review: rating.review().map(ToString::to_string),
            rated_at: timestamp(rating.updated_at()),
            created_at: timestamp(rating.created_at()),
        }
    }
}

impl PageResponse for UserRatingPage {
    fn next_cursor(&self) -> Option<Cow<'_, str>> {
        self.next_cursor.as_deref().map(Cow::from)
    }
}

impl From<ListUserRatingsError> for ApiError {
    fn from(error: ListUserRatingsError) -> Self {
        match error {
            ListUserRatingsError::UserNotFound => Self::new(ErrorCode::UserNotFound),
            ListUserRatingsError::Cursor(error) => error.into(),
            ListUserRatingsError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    page_rules("listUserRatings")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use reelmark_domain::{Cursor, CursorError, PageLimit, ReleaseYear, Role, Title};
    use serde_json::json;

    const PATH: &str = "/api/v1/users/ada_l/ratings";

    fn page() -> Page<UserRating> {
        let title = Title::parse("Stalker").unwrap();
        let release_year = ReleaseYear::from_stored(1979).ok();
        let item = UserRating { rating: samples::rating(), title, release_year };
        Page { items: vec![item], next: Some(Cursor::new("list", &["1"])), total: Some(2) }
    }

    async fn failing_with(error: ListUserRatingsError) -> Answer {
        let mut api = Api::new();
        api.users.expect_list_user_ratings().return_once(|_| Err(error));
        api.get(PATH).send().await
    }

    #[actix_web::test]
    async fn lists_the_ratings_with_what_was_rated() {
        let mut api = Api::new();
        let cursor = Cursor::new("list", &["0"]);
        let after = Some(cursor.clone());
        let is_ours = move |query: &ListUserRatings| {
            query.viewer == Some(samples::caller(Role::Member))
                && query.username.as_str() == "ada_l"
                && query.limit.get() == 1
                && query.cursor == after
                && query.with_total
        };
        api.users.expect_list_user_ratings().withf(is_ours).returning(|_| Ok(page()));
        let path = format!("{PATH}?limit=1&count=exact&cursor={}", cursor.encode());
        let answer = api.get(&path).as_member().send().await;
        let next = Cursor::new("list", &["1"]).encode();
        let expected = json!({
            "items": [{
                "movie": {"id": 42, "title": "Stalker", "release_year": 1979},
                "score": 8,
                "review": "Slow, and not a minute too long.",
                "rated_at": "2026-03-01T13:00:00Z",
                "created_at": "2026-03-01T12:00:00Z",
            }],
            "next_cursor": next,
            "total": 2,
        });
        assert_eq!((answer.status, answer.json()), (200, expected));
        let link = format!("<{PATH}?limit=1&count=exact&cursor={next}>; rel=\"next\"");
        assert_eq!(answer.header("link"), link);
    }

    #[actix_web::test]
    async fn the_last_page_has_no_next_one_and_counts_only_when_asked() {
        let mut api = Api::new();
        let is_plain = |query: &ListUserRatings| {
            query.viewer.is_none() && query.limit == PageLimit::DEFAULT && !query.with_total
        };
        let empty = || Page { items: vec![], next: None, total: None };
        api.users.expect_list_user_ratings().withf(is_plain).returning(move |_| Ok(empty()));
        let answer = api.get(PATH).send().await;
        assert_eq!(answer.json(), json!({"items": [], "next_cursor": null}));
        assert_eq!(answer.header("link"), "");
    }

    #[actix_web::test]
    async fn refuses_limits_counts_cursors_and_parameters_it_does_not_know() {
        let cases = [
            ("limit=0", "limit", "out_of_range"),
            ("limit=101", "limit", "out_of_range"),
            ("limit=many", "limit", "invalid_type"),
            ("count=about", "count", "malformed"),
            ("cursor=bm90IGEgY3Vyc29y", "cursor", "invalid_cursor"),
            ("page=2", "page", "unknown_field"),
        ];
        for (query, field, code) in cases {
            let answer = Api::new().get(&format!("{PATH}?{query}")).send().await;
            answer.refuses(&[(field, code)]);
        }
    }

    #[actix_web::test]
    async fn a_hidden_profile_has_no_ratings_to_see() {
        failing_with(ListUserRatingsError::UserNotFound).await.fails(404, "user_not_found");
        failing_with(CursorError.into()).await.refuses(&[("cursor", "invalid_cursor")]);
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
    }
}
