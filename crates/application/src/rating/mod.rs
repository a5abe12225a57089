//! Ratings and what they add up to.

mod list_movie_ratings;
mod paging;
mod rate_batch;
mod rate_movie;
mod remove_rating;
mod service;
mod use_cases;
mod view_own_rating;
mod view_rating_summary;

pub use list_movie_ratings::{ListMovieRatings, ListMovieRatingsError, MovieRating};
pub(crate) use paging::{position_after, rating_cursor};
pub use rate_batch::{BatchItem, BatchMovie, BatchOutcome, RateBatch, RateBatchError};
pub use rate_movie::{RateMovie, RateMovieError, RatedMovie};
pub use remove_rating::RemoveRatingError;
pub use service::RatingService;
pub use use_cases::*;
pub use view_own_rating::ViewOwnRatingError;
pub use view_rating_summary::ViewRatingSummaryError;
