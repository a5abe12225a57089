use std::collections::{HashMap, HashSet};

use reelmark_domain::{
    Caller, MovieId, PredictedScore, ShortLimit, Suggestion, Title, UserBias, UserId,
};
use thiserror::Error;
use time::OffsetDateTime;

use super::popular;
use super::shown_movies::still_there;
use crate::caching::{CachedSuggestions, MovieViews, ShownMovie};
use crate::ports::{Clock, MovieDetails, RepositoryError};

#[cfg(test)]
mod tests;

/// How many movies are recommended.
pub type RecommendationLimit = ShortLimit<50, 20>;

/// Somebody doesn't know what to watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recommend {
    pub caller: Caller,
    pub limit: RecommendationLimit,
}

/// What somebody may like, most promising first.
#[derive(Clone, Debug, PartialEq)]
pub struct Recommendations {
    pub movies: Vec<RecommendedMovie>,
    /// When this was put together.
    pub computed_at: OffsetDateTime,
}

/// A movie that somebody may like and has not rated.
#[derive(Clone, Debug, PartialEq)]
pub struct RecommendedMovie {
    pub details: MovieDetails,
    /// How they may score it; nothing for a movie that is popular and no more is known about.
    pub predicted_score: Option<PredictedScore>,
    /// The movies of theirs that speak for it most.
    pub because: Vec<Reason>,
}

/// A movie that somebody rated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub movie_id: MovieId,
    pub title: Title,
}

/// Why nothing is recommended.
#[derive(Debug, Error)]
pub enum RecommendError {
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// What the caller rated is asked from the store each time, whatever is cached: a movie must be
/// gone from here as soon as it is rated. When too little is known, popular movies fill up.
pub(super) async fn run(
    movies: &MovieViews,
    suggestions: &CachedSuggestions,
    clock: &dyn Clock,
    query: Recommend,
) -> Result<Recommendations, RecommendError> {
    let (user, limit) = (query.caller.user_id, query.limit.get());
    let mut recommended = personal(movies, suggestions, user, limit).await?;
    let missing = limit - recommended.len();
    if missing > 0 {
        let others = recommended.iter().map(|movie| movie.details.movie.id()).collect();
        let popular = popular::run(movies, suggestions, user, &others, missing).await?;
        recommended.extend(popular.into_iter().map(RecommendedMovie::popular));
    }
    Ok(Recommendations { movies: recommended, computed_at: clock.now() })
}

async fn personal(
    movies: &MovieViews,
    suggestions: &CachedSuggestions,
    user: UserId,
    limit: usize,
) -> Result<Vec<RecommendedMovie>, RepositoryError> {
    let mut suggested = suggestions.of(user).await?;
    let rated = rated(suggestions, user, &suggested.suggestions).await?;
    suggested.suggestions.retain(|suggestion| !rated.contains(&suggestion.movie));
    for suggestion in &mut suggested.suggestions {
        suggestion.because.retain(|reason| rated.contains(reason));
    }
    let items = suggested.suggestions.into_iter().map(|suggestion| (suggestion.movie, suggestion));
    let found = still_there(movies, items.collect::<Vec<_>>(), limit).await?;
    let titles = titles(movies, found.iter().map(|(_, suggestion)| suggestion)).await?;
    let recommend = |(movie, suggestion): (ShownMovie, Suggestion)| {
        RecommendedMovie::of((**movie).clone(), &suggestion, suggested.bias, &titles)
    };
    Ok(found.into_iter().map(recommend).collect())
}

/// What is rated of all movies that suggestions are about.
async fn rated(
    suggestions: &CachedSuggestions,
    user: UserId,
    all: &[Suggestion],
) -> Result<HashSet<MovieId>, RepositoryError> {
    let ids = all.iter().flat_map(|one| one.because.iter().copied().chain([one.movie]));
    let ids: HashSet<MovieId> = ids.collect();
    if ids.is_empty() {
        return Ok(ids);
    }
    let rated = suggestions.rated_among(user, ids.iter().copied()).await?;
    let rated: HashSet<i64> = rated.into_iter().collect();
    Ok(ids.into_iter().filter(|id| rated.contains(&id.get())).collect())
}

/// The titles of the reasons that are still in the catalogue.
async fn titles(
    movies: &MovieViews,
    suggestions: impl Iterator<Item = &Suggestion>,
) -> Result<HashMap<MovieId, Title>, RepositoryError> {
    let ids: HashSet<MovieId> = suggestions.flat_map(|one| one.because.iter().copied()).collect();
    let items: Vec<_> = ids.into_iter().map(|id| (id, id)).collect();
    let found = still_there(movies, items, usize::MAX).await?;
    Ok(found.into_iter().map(|(movie, id)| (id, movie.movie.facts().title.clone())).collect())
}

impl RecommendedMovie {
    fn of(
        details: MovieDetails,
        suggestion: &Suggestion,
        bias: UserBias,
        titles: &HashMap<MovieId, Title>,
    ) -> Self {
        let score = details.summary.weighted_score();
        let predict = |score| PredictedScore::new(&score, bias, suggestion.above_mean);
        let reason = |id: &MovieId| Some(Reason { movie_id: *id, title: titles.get(id)?.clone() });
        Self {
            predicted_score: score.map(predict),
            because: suggestion.because.iter().filter_map(reason).collect(),
            details,
        }
    }

    fn popular(details: MovieDetails) -> Self {
        Self { details, predicted_score: None, because: vec![] }
    }
}
