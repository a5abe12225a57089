mod histogram;
mod interval;
mod rating_summary;
mod trend;
mod weighted_score;

pub use histogram::Histogram;
pub use interval::interval_90;
pub use rating_summary::RatingSummary;
pub use trend::{least_trend, trend_weight};
pub use weighted_score::{CatalogueMean, PRIOR_WEIGHT, WeightedScore};
