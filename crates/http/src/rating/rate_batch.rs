use actix_web::web::Json;
use paperclip::actix::{Apiv2Schema, api_v2_operation};
use paperclip::v2::models::DefaultSchemaRaw;
use paperclip::v2::schema::Apiv2Schema as Schema;
use reelmark_application::ports::{BroughtOutcome, Clock};
use reelmark_application::rating::{
    BatchItem, BatchMovie, BatchOutcome, RateBatch, RateBatchError, RatingUseCases,
};
use reelmark_domain::{
    ExternalIds, ImdbId, MovieId, MovieLensId, RatedAt, Score, TmdbId, ValueError,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::extract::{Body, SignedIn, Uses, item_of};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode, FieldErrors};

pub(super) const ERRORS: OperationErrors = OperationErrors("rateBatch", &[ErrorCode::Forbidden]);

/// How many ratings a batch may have.
const MAX_ITEMS: usize = 1_000;

/// How many bytes it may have.
pub(super) const MAX_BYTES: usize = 256 * 1024;

/// Many ratings.
#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct RateBatchRequest {
    /// The ratings.
    items: Option<Vec<BatchItemRequest>>,
}

/// One of them as it came. It is read when its turn comes, so that it spoils no other.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
struct BatchItemRequest(Value);

/// A rating of a movie.
#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
struct RatedItem {
    /// What names the movie.
    movie: Option<RatedMovie>,
    /// From 1 (the worst) to 10 (the best).
    score: Option<i64>,
    /// When it was given; now, when it is missing.
    rated_at: Option<String>,
}

/// What names a movie: one of these.
#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
struct RatedMovie {
    /// Its id.
    id: Option<i64>,
    /// Its id at IMDb.
    imdb: Option<String>,
    /// Its id at The Movie Database.
    tmdb: Option<i64>,
    /// Its id in MovieLens.
    movielens: Option<i64>,
}

/// What became of a batch.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct BatchResponse {
    /// What became of each rating, in the order of the request.
    items: Vec<BatchItemResponse>,
    /// How many ratings have each status.
    counts: BatchCountsResponse,
}

/// What became of one rating.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct BatchItemResponse {
    /// created, updated, unchanged, not_found or invalid.
    status: &'static str,
    /// The movie that was meant.
    movie_id: Option<i64>,
    /// Why it is unchanged or invalid, in snake case.
    code: Option<&'static str>,
    /// The same for people.
    message: Option<String>,
}

/// How many ratings have each status.
#[derive(Debug, Default, Serialize, Apiv2Schema)]
struct BatchCountsResponse {
    /// First ratings of their movies.
    created: usize,
    /// Ratings that took the place of another one.
    updated: usize,
    /// Ratings that say what is there already, or something older.
    unchanged: usize,
    /// Ratings of movies that are not there.
    not_found: usize,
    /// Ratings that break a rule.
    invalid: usize,
}

/// Rate many movies
///
/// Stores up to 1,000 ratings at once and tells what became of each; one that breaks a rule spoils
/// no other. What was said last counts: a rating that is older than the one here changes nothing,
/// and of several of one movie the last one is stored. Reviews stay. The movies' rating summaries
/// follow within seconds.
#[api_v2_operation(tags(Ratings), operation_id = "rateBatch")]
pub(super) async fn rate_batch(
    ratings: Uses<dyn RatingUseCases>,
    clock: Uses<dyn Clock>,
    caller: SignedIn,
    body: Body<RateBatchRequest>,
) -> Result<Json<BatchResponse>, ApiError> {
    let items = checked(body.0, clock.now())?;
    let valid = items.iter().flatten().cloned().collect();
    let command = RateBatch { caller: caller.0, items: valid };
    let mut outcomes = ratings.rate_batch(command).await?.into_iter();
    let items = items.into_iter().map(|item| match item {
        Ok(_) => outcomes.next().unwrap_or(BatchOutcome::MovieNotFound).into(),
        Err(invalid) => invalid,
    });
    Ok(Json(items.collect::<Vec<BatchItemResponse>>().into()))
}

type Checked = Result<BatchItem, BatchItemResponse>;

fn checked(request: RateBatchRequest, now: OffsetDateTime) -> Result<Vec<Checked>, ApiError> {
    let mut errors = FieldErrors::default();
    let items = errors.required("items", request.items, |items| match items.len() {
        0 => Err(ValueError::Blank),
        actual if actual > MAX_ITEMS => Err(ValueError::TooMany { max: MAX_ITEMS, actual }),
        _ => Ok(items),
    });
    let items = errors.finish(items)?;
    let check = |BatchItemRequest(raw)| {
        let item = item_of::<RatedItem>(raw).and_then(|item| item.into_item(now));
        item.map_err(|error| BatchItemResponse::from(&error))
    };
    Ok(items.into_iter().map(check).collect())
}

impl RatedItem {
    fn into_item(self, now: OffsetDateTime) -> Result<BatchItem, ApiError> {
        let mut errors = FieldErrors::default();
        let movie = match self.movie {
            Some(movie) => movie.into_movie(&mut errors),
            None => errors.required("movie", None::<()>, |_| Err(ValueError::Blank)),
        };
        let score = errors.required("score", self.score, Score::parse);
        let at = self.rated_at.as_deref();
        let rated_at = errors.optional("rated_at", at, |raw| RatedAt::from_rfc3339(raw, now));
        let item = movie.zip(score).map(|(movie, score)| BatchItem { movie, score, rated_at });
        errors.finish(item)
    }
}

impl RatedMovie {
    fn into_movie(self, errors: &mut FieldErrors) -> Option<BatchMovie> {
        let Self { id, imdb, tmdb, movielens } = self;
        let ids = ExternalIds::default();
        match (id, imdb.as_deref(), tmdb, movielens) {
            (id @ Some(_), None, None, None) => {
                errors.optional("movie.id", id, MovieId::parse).map(BatchMovie::Id)
            }
            (None, imdb @ Some(_), None, None) => {
                let imdb = errors.optional("movie.imdb", imdb, ImdbId::parse)?;
                Some(BatchMovie::Elsewhere(ExternalIds { imdb: Some(imdb), ..ids }))
            }
            (None, None, tmdb @ Some(_), None) => {
                let tmdb = errors.optional("movie.tmdb", tmdb, TmdbId::parse)?;
                Some(BatchMovie::Elsewhere(ExternalIds { tmdb: Some(tmdb), ..ids }))
            }
            (None, None, None, number @ Some(_)) => {
                let number = errors.optional("movie.movielens", number, MovieLensId::parse)?;
                Some(BatchMovie::Elsewhere(ExternalIds { movielens: Some(number), ..ids }))
            }
            _ => {
                errors.add("movie", "malformed", "must have one of id, imdb, tmdb and movielens");
                None
            }
        }
    }
}

impl From<BatchOutcome> for BatchItemResponse {
    fn from(outcome: BatchOutcome) -> Self {
        let plain = |status, movie: Option<MovieId>| Self {
            status,
            movie_id: movie.map(MovieId::get),
            code: None,
            message: None,
        };
        let unchanged = |movie, code, message: &str| Self {
            code: Some(code),
            message: Some(message.to_owned()),
            ..plain("unchanged", Some(movie))
        };
        match outcome {
            BatchOutcome::Done(movie, BroughtOutcome::Created) => plain("created", Some(movie)),
            BatchOutcome::Done(movie, BroughtOutcome::Updated) => plain("updated", Some(movie)),
            BatchOutcome::Done(movie, BroughtOutcome::Unchanged) => plain("unchanged", Some(movie)),
            BatchOutcome::Done(movie, BroughtOutcome::NewerHere) => {
                unchanged(movie, "newer_here", "the rating here is newer")
            }
            BatchOutcome::Superseded(movie) => {
                unchanged(movie, "superseded", "a later item is about the same movie")
            }
            BatchOutcome::MovieNotFound => plain("not_found", None),
        }
    }
}

impl From<&ApiError> for BatchItemResponse {
    fn from(error: &ApiError) -> Self {
        let field = error.first_field();
        Self {
            status: "invalid",
            movie_id: None,
            code: field.map(|field| field.code),
            message: field.map(|field| field.message.clone()),
        }
    }
}

impl From<Vec<BatchItemResponse>> for BatchResponse {
    fn from(items: Vec<BatchItemResponse>) -> Self {
        let count = |status| items.iter().filter(|item| item.status == status).count();
        let counts = BatchCountsResponse {
            created: count("created"),
            updated: count("updated"),
            unchanged: count("unchanged"),
            not_found: count("not_found"),
            invalid: count("invalid"),
        };
        Self { items, counts }
    }
}

impl From<RateBatchError> for ApiError {
    fn from(error: RateBatchError) -> Self {
        match error {
            RateBatchError::Forbidden(forbidden) => forbidden.into(),
            RateBatchError::Store(error) => error.into(),
        }
    }
}

/// The document shows what an item should be.
impl Schema for BatchItemRequest {
    fn raw_schema() -> DefaultSchemaRaw {
        RatedItem::raw_schema()
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let statuses = ["created", "updated", "unchanged", "not_found", "invalid"];
    vec![
        Rule::required("RateBatchRequest", "items"),
        Rule::property("RateBatchRequest", "items", json!({"minItems": 1, "maxItems": MAX_ITEMS})),
        Rule::property(
            "BatchResponse",
            "items",
            json!({"maxItems": MAX_ITEMS, "description": format!("Statuses: {}.", statuses.join(", "))}),
        ),
    ]
}

#[cfg(test)]
mod tests;
