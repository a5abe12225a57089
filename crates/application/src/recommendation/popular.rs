use std::collections::HashSet;

use reelmark_domain::{MovieId, UserId};

use crate::caching::{CachedSuggestions, MovieViews};
use crate::ports::{ListedMovieRecord, MovieDetails, MovieFilter, MovieSort, RepositoryError};

/// How many movies are looked at together.
const STEP: usize = 100;

/// How many of these steps are taken for somebody who has rated most of what is best.
const STEPS: usize = 10;

/// The movies with the greatest weighted scores that this user has not rated and that are not among
/// `others`, at most `limit`.
pub(super) async fn run(
    movies: &MovieViews,
    suggestions: &CachedSuggestions,
    user: UserId,
    others: &HashSet<MovieId>,
    limit: usize,
) -> Result<Vec<MovieDetails>, RepositoryError> {
    let (mut best, mut after) = (vec![], None);
    for _ in 0..STEPS {
        if best.len() >= limit {
            break;
        }
        let listed = movies.reader().list(MovieFilter { after, ..best_first() }).await?;
        after = listed.last().map(|movie| movie.position.clone());
        let is_last = listed.len() < STEP;
        best.extend(unrated(suggestions, user, others, listed).await?);
        if is_last {
            break;
        }
    }
    best.truncate(limit);
    Ok(best)
}

async fn unrated(
    suggestions: &CachedSuggestions,
    user: UserId,
    others: &HashSet<MovieId>,
    listed: Vec<ListedMovieRecord>,
) -> Result<Vec<MovieDetails>, RepositoryError> {
    let all = listed.into_iter().map(|listed| MovieDetails::try_from(listed.details));
    let all: Vec<MovieDetails> = all.collect::<Result<_, _>>()?;
    let ids = all.iter().map(|details| details.movie.id());
    let rated: HashSet<i64> = suggestions.rated_among(user, ids).await?.into_iter().collect();
    let is_new = |details: &MovieDetails| {
        let id = details.movie.id();
        !rated.contains(&id.get()) && !others.contains(&id)
    };
    Ok(all.into_iter().filter(is_new).collect())
}

fn best_first() -> MovieFilter {
    MovieFilter {
        search: None,
        genre_key: None,
        year_from: None,
        year_to: None,
        min_ratings: 1,
        sort: MovieSort::WeightedScore,
        after: None,
        limit: STEP,
    }
}
