//! What somebody may like, by what people who rated the same movies rated.

mod evaluation;
mod neighbour;
mod predicted_score;
mod recommender;
mod sample;
mod similarities;
mod suggestion;
mod taste;
mod taste_matrix;

pub use evaluation::{RankingQuality, leave_last_out, seeded_key, shuffled_rank};
pub use neighbour::{Neighbour, NeighbourList, Similarity};
pub use predicted_score::{PredictedScore, UserBias};
pub use recommender::{Recommender, Weights};
pub use sample::UserSample;
pub use similarities::Similarities;
pub use suggestion::{Suggestion, suggest};
pub use taste::{Opinion, Taste};
pub use taste_matrix::{TasteMatrix, TasteMatrixBuilder};
