use std::sync::Arc;

use async_trait::async_trait;
use reelmark_domain::{Caller, MovieId, Page, Rating, RatingSummary};

use super::*;
use crate::caching::MovieViews;
use crate::ports::{Clock, MovieReader, RatingReader, RatingRepository};

/// The use cases about ratings.
pub struct RatingService {
    repository: Arc<dyn RatingRepository>,
    ratings: Arc<dyn RatingReader>,
    movies: Arc<MovieViews>,
    catalogue: Arc<dyn MovieReader>,
    clock: Arc<dyn Clock>,
}

impl RatingService {
    pub fn new(
        repository: Arc<dyn RatingRepository>,
        ratings: Arc<dyn RatingReader>,
        movies: Arc<MovieViews>,
        catalogue: Arc<dyn MovieReader>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { repository, ratings, movies, catalogue, clock }
    }
}

#[async_trait]
impl RatingUseCases for RatingService {
    async fn rate_movie(&self, command: RateMovie) -> Result<RatedMovie, RateMovieError> {
        rate_movie::run(&*self.repository, &*self.clock, command).await
    }

    async fn rate_batch(&self, command: RateBatch) -> Result<Vec<BatchOutcome>, RateBatchError> {
        rate_batch::run(&*self.repository, &*self.catalogue, &*self.clock, command).await
    }

    async fn view_own_rating(
        &self,
        caller: Caller,
        movie_id: MovieId,
    ) -> Result<Rating, ViewOwnRatingError> {
        view_own_rating::run(&*self.ratings, caller, movie_id).await
    }

    async fn remove_rating(
        &self,
        caller: Caller,
        movie_id: MovieId,
    ) -> Result<(), RemoveRatingError> {
        remove_rating::run(&*self.repository, &*self.clock, caller, movie_id).await
    }

    async fn list_movie_ratings(
        &self,
        query: ListMovieRatings,
    ) -> Result<Page<MovieRating>, ListMovieRatingsError> {
        list_movie_ratings::run(&*self.ratings, &self.movies, query).await
    }

    async fn view_rating_summary(
        &self,
        movie_id: MovieId,
    ) -> Result<RatingSummary, ViewRatingSummaryError> {
        view_rating_summary::run(&self.movies, movie_id).await
    }
}
