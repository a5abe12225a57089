mod confidence;
mod match_movie;
mod movie_reference;

pub use confidence::{Confidence, MatchBasis};
pub use match_movie::{MatchCandidate, MatchOutcome, MovieMatch, match_movie};
pub use movie_reference::MovieReference;
