//! Movies that are like others, and movies that somebody may like.

mod evaluate;
mod list_similar;
mod popular;
mod recommend;
mod refresh;
mod service;
mod shown_movies;
mod use_cases;

pub use evaluate::{Evaluation, Quality, RatedFilm, ScoreErrors, evaluate, tastes_of};
pub use list_similar::{ListSimilar, ListSimilarError, SimilarLimit, SimilarMovie};
pub use recommend::{
    Reason, Recommend, RecommendError, RecommendationLimit, Recommendations, RecommendedMovie,
};
pub use refresh::{NeighbourPorts, NewNeighbours, RefreshError, Refreshed};
pub use service::{NeighbourService, RecommendationService};
pub use use_cases::*;
