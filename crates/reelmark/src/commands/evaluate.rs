use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use reelmark_application::recommendation::evaluate;
use reelmark_domain::{Recommender, Weights};

use crate::config::Settings;
use crate::failure::Failure;
use crate::operator;

mod table;
mod tastes;

#[derive(Debug, Subcommand)]
pub enum EvaluateCommand {
    /// Take everybody's last rating away, and say how well it is found again
    Recommendations(RecommendationArgs),
}

#[derive(Args, Debug)]
pub struct RecommendationArgs {
    /// A folder with the ratings of MovieLens, as ratings.csv or NAME.inter, instead of the store
    #[arg(long, value_name = "DIR")]
    from_movielens: Option<PathBuf>,
    /// What decides where nothing else does; the same seed gives the same numbers
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    recommender: RecommenderArgs,
    #[command(flatten)]
    settings: Settings,
}

/// Other numbers than those of the service, to see what they do.
#[derive(Args, Debug)]
#[command(next_help_heading = "Recommender")]
struct RecommenderArgs {
    /// What a rating weighs in a similarity
    #[arg(long, value_enum)]
    weights: Option<WeightsArg>,
    /// How many people must have rated two movies for half of a similarity to be believed
    #[arg(long)]
    shrinkage: Option<f32>,
    /// How much being popular is held against a neighbour, 0.5 to 1
    #[arg(long)]
    damping: Option<f32>,
    /// How much rating a lot is held against a rater, 0 to 1
    #[arg(long)]
    activity_damping: Option<f32>,
    /// How many neighbours a movie has
    #[arg(long)]
    neighbours: Option<usize>,
    /// How many people must have rated both of two neighbours
    #[arg(long)]
    common_raters: Option<u32>,
    /// How much more an opinion counts for each point above its owner's mean
    #[arg(long)]
    liking: Option<f32>,
    /// How much less an opinion counts the more others came later, 0 to 1
    #[arg(long)]
    recency: Option<f32>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum WeightsArg {
    /// That there is one
    Presence,
    /// How far its score is from its rater's mean
    Centred,
}

/// # Errors
/// [`Failure`] when the ratings can't be read.
pub fn run(command: EvaluateCommand) -> Result<(), Failure> {
    let EvaluateCommand::Recommendations(args) = command;
    let tastes = match &args.from_movielens {
        Some(folder) => tastes::from_folder(folder, args.seed)?,
        None => tastes::from_store(&args.settings)?,
    };
    let recommender = args.recommender.recommender();
    operator::say(table::written(&evaluate(&tastes, recommender, args.seed)));
    Ok(())
}

impl RecommenderArgs {
    fn recommender(&self) -> Recommender {
        let usual = Recommender::default();
        Recommender {
            weights: self.weights.map_or(usual.weights, Weights::from),
            shrinkage: self.shrinkage.unwrap_or(usual.shrinkage),
            damping: self.damping.unwrap_or(usual.damping),
            activity_damping: self.activity_damping.unwrap_or(usual.activity_damping),
            neighbours: self.neighbours.unwrap_or(usual.neighbours),
            common_raters: self.common_raters.unwrap_or(usual.common_raters),
            liking: self.liking.unwrap_or(usual.liking),
            recency: self.recency.unwrap_or(usual.recency),
        }
    }
}

impl From<WeightsArg> for Weights {
    fn from(arg: WeightsArg) -> Self {
        match arg {
            WeightsArg::Presence => Self::Presence,
            WeightsArg::Centred => Self::Centred,
        }
    }
}
