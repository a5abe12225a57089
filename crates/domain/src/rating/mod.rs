mod rating;
mod review;
mod score;
mod score_change;

pub use rating::Rating;
pub use review::Review;
pub use score::Score;
pub use score_change::ScoreChange;
