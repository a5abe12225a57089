use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// Somebody's score of a movie changed, and the rating was not given when that was stored: it was
/// brought along, or it is gone. Its channel is one of its own, from which nobody takes messages
/// who can't read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatingChangedV2 {
    pub movie: i64,
    pub user: i64,
    /// The score before, 1 to 10; `null` for a first rating.
    pub old: Option<i16>,
    /// The score from now on, 1 to 10; `null` for a removed rating.
    pub new: Option<i16>,
    /// When the rating was given first, in microseconds since 1970.
    pub given_at_micros: i64,
}

impl RatingChangedV2 {
    /// What the outbox calls this format.
    pub const KIND: &str = "rating_changed.v2";

    /// When the rating was given first; nothing for a time that no rating can have.
    pub fn given_at(&self) -> Option<OffsetDateTime> {
        let nanos = i128::from(self.given_at_micros) * 1_000;
        OffsetDateTime::from_unix_timestamp_nanos(nanos).ok()
    }
}
