use paperclip::actix::Apiv2Schema;
use reelmark_domain::{Rating, RatingSummary, Score};
use serde::Serialize;
use serde_json::json;

use crate::openapi::Rule;
use crate::respond::{EntityTag, Tagged};
use crate::timestamp::timestamp;

/// The caller's own rating of a movie.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct RatingResponse {
    /// What was rated.
    movie_id: i64,
    /// The score, 1 to 10.
    score: u8,
    /// What the caller has to say about it.
    review: Option<String>,
    /// When the score or the review was last given.
    rated_at: String,
    /// When the movie was first rated.
    created_at: String,
}

/// All ratings of a movie in numbers.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(crate) struct RatingSummaryResponse {
    /// The movie's id.
    movie_id: i64,
    /// The number of ratings.
    count: u64,
    /// The arithmetic mean, 1 to 10.
    mean: Option<f64>,
    /// The mean drawn towards the catalogue's by few ratings: (v·R + m·C) / (v + m).
    weighted_score: Option<f64>,
    /// Where the mean would lie, with 90 % credibility, if everybody rated: low and high.
    interval_90: Option<Vec<f64>>,
    /// How many ratings gave each score, 1 to 10 in order.
    histogram: Vec<u64>,
    /// How often it was recomputed.
    version: i64,
    /// When it was last recomputed.
    computed_at: String,
}

impl From<&Rating> for RatingResponse {
    fn from(rating: &Rating) -> Self {
        Self {
            movie_id: rating.movie_id().get(),
            score: rating.score().get(),
            review: rating.review().map(ToString::to_string),
            rated_at: timestamp(rating.updated_at()),
            created_at: timestamp(rating.created_at()),
        }
    }
}

impl From<&RatingSummary> for RatingSummaryResponse {
    fn from(summary: &RatingSummary) -> Self {
        Self {
            movie_id: summary.movie_id().get(),
            count: summary.histogram().count(),
            mean: summary.histogram().mean(),
            weighted_score: summary.weighted_score().map(|score| score.value()),
            interval_90: summary.interval_90().map(Vec::from),
            histogram: summary.histogram().buckets().to_vec(),
            version: summary.version(),
            computed_at: timestamp(summary.computed_at()),
        }
    }
}

/// The caller's own rating with its tag.
pub(super) fn tagged(rating: &Rating) -> Tagged<RatingResponse> {
    Tagged { tag: EntityTag::of_version(rating.version()), body: rating.into() }
}

pub(super) fn rules() -> Vec<Rule> {
    let schema = "RatingResponse";
    let score = json!({"minimum": Score::MIN, "maximum": Score::MAX, "example": 8});
    vec![
        Rule::property(schema, "movie_id", json!({"minimum": 1, "example": 42})),
        Rule::property(schema, "score", score),
        Rule::property(schema, "rated_at", json!({"format": "date-time"})),
        Rule::property(schema, "created_at", json!({"format": "date-time"})),
    ]
}
