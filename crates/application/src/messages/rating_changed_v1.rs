use serde::{Deserialize, Serialize};

/// Somebody's score of a movie changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatingChangedV1 {
    pub movie: i64,
    pub user: i64,
    /// The score before, 1 to 10; `null` for a first rating.
    pub old: Option<i16>,
    /// The score from now on, 1 to 10; `null` for a removed rating.
    pub new: Option<i16>,
}

impl RatingChangedV1 {
    /// What the outbox calls this format.
    pub const KIND: &str = "rating_changed.v1";
}
