use clap::Args;
use clap::builder::RangedU64ValueParser;

use crate::dataset::{Dataset, FULL_RATINGS, Shape};

/// Which data set.
#[derive(Args, Clone, Copy, Debug)]
pub struct DataArgs {
    /// How many ratings; users and movies follow
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = FULL_RATINGS,
        value_parser = RangedU64ValueParser::<u64>::new().range(Shape::MIN_RATINGS..=FULL_RATINGS),
    )]
    ratings: u64,

    /// The same seed gives the same data
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
}

impl DataArgs {
    pub fn dataset(&self) -> Dataset {
        Dataset::new(self.ratings, self.seed)
    }
}
