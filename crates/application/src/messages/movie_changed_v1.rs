use serde::{Deserialize, Serialize};

/// The facts of a movie were edited, or it was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovieChangedV1 {
    pub movie: i64,
}

impl MovieChangedV1 {
    /// What the outbox calls this format.
    pub const KIND: &str = "movie_changed.v1";
}
