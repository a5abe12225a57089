mod histogram;
mod interval;
mod rating_summary;
mod weighted_score;

pub use histogram::Histogram;
pub use interval::interval_90;
pub use rating_summary::RatingSummary;
pub use weighted_score::{CatalogueMean, PRIOR_WEIGHT, WeightedScore};
