mod rated_at;
mod rating;
mod review;
mod score;
mod score_change;
mod written_score;

pub use rated_at::RatedAt;
pub use rating::Rating;
pub use review::Review;
pub use score::Score;
pub use score_change::ScoreChange;
