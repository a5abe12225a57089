use std::collections::HashMap;
use std::sync::Arc;

use reelmark_domain::{
    MovieId, Neighbour, NeighbourList, Recommender, Suggestion, Taste, UserBias, UserId, suggest,
};
use serde::{Deserialize, Serialize};

use super::keys::suggestions_key;
use super::{LIFETIME, ReadThrough};
use crate::ports::{Cache, CorruptRecord, NeighbourReader, RepositoryError, TasteReader};

/// So many are kept per person: a few times the longest list, because some may be rated or removed
/// before they are shown.
const KEPT: usize = 150;

/// What people may like, from the cache where somebody asks again. A rating makes what its rater
/// may like out of date.
pub struct CachedSuggestions {
    tastes: Arc<dyn TasteReader>,
    neighbours: Arc<dyn NeighbourReader>,
    recommender: Recommender,
    read_through: ReadThrough,
}

/// What somebody may like, most promising first. It may hold what they have rated since.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Suggested {
    pub(crate) bias: UserBias,
    pub(crate) suggestions: Vec<Suggestion>,
}

/// The same as it is cached.
#[derive(Debug, Default, Serialize, Deserialize)]
struct SuggestedRecord {
    /// The mean of the scores, and how many there are.
    mean: Option<f32>,
    count: usize,
    movies: Vec<SuggestionRecord>,
}

#[derive(Debug, Serialize, Deserialize)]
struct SuggestionRecord {
    movie: i64,
    strength: f32,
    above_mean: f32,
    because: Vec<i64>,
}

impl CachedSuggestions {
    pub fn new(
        tastes: Arc<dyn TasteReader>,
        neighbours: Arc<dyn NeighbourReader>,
        cache: Arc<dyn Cache>,
    ) -> Self {
        let (recommender, read_through) = (Recommender::default(), ReadThrough::new(cache));
        Self { tastes, neighbours, recommender, read_through }
    }

    /// What this person may like; nothing for somebody who rated too little.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) async fn of(&self, user: UserId) -> Result<Suggested, RepositoryError> {
        let key = suggestions_key(user.get());
        let load = async || {
            let record = self.suggest(user).await?;
            Ok::<_, RepositoryError>((!record.movies.is_empty()).then_some(record))
        };
        let found = self.read_through.read(&key, LIFETIME, load).await?;
        Ok(found.map(Suggested::try_from).transpose()?.unwrap_or_default())
    }

    /// The movies that this person has rated, of these.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) async fn rated_among(
        &self,
        user: UserId,
        movies: impl Iterator<Item = MovieId>,
    ) -> Result<Vec<i64>, RepositoryError> {
        self.tastes.rated_among(user.get(), movies.map(MovieId::get).collect()).await
    }

    async fn suggest(&self, user: UserId) -> Result<SuggestedRecord, RepositoryError> {
        let taste = self.tastes.find(user.get(), Recommender::LATEST).await?;
        let movies: Vec<i64> = taste.ratings.iter().map(|(movie, _)| *movie).collect();
        if movies.len() < Recommender::LEAST_OPINIONS {
            return Ok(SuggestedRecord::default());
        }
        let taste = Taste::try_from(taste)?;
        let lists = self.neighbours.find(movies).await?.into_iter().map(NeighbourList::try_from);
        let lists = lists.map(|list| list.map(|list| (list.movie, list.neighbours)));
        let lists = lists.collect::<Result<HashMap<MovieId, Vec<Neighbour>>, _>>()?;
        let of = |movie| lists.get(&movie).map_or(&[][..], Vec::as_slice);
        let suggestions = suggest(&taste, of, &self.recommender);
        Ok(SuggestedRecord::new(&taste, suggestions))
    }
}

impl SuggestedRecord {
    fn new(taste: &Taste, suggestions: Vec<Suggestion>) -> Self {
        let movies = suggestions.into_iter().take(KEPT).map(SuggestionRecord::from).collect();
        Self { mean: taste.mean(), count: taste.opinions().len(), movies }
    }
}

impl From<Suggestion> for SuggestionRecord {
    fn from(suggestion: Suggestion) -> Self {
        let Suggestion { movie, strength, above_mean, because } = suggestion;
        let because = because.into_iter().map(MovieId::get).collect();
        Self { movie: movie.get(), strength, above_mean, because }
    }
}

impl TryFrom<SuggestedRecord> for Suggested {
    type Error = CorruptRecord;

    fn try_from(record: SuggestedRecord) -> Result<Self, CorruptRecord> {
        let suggestions = record.movies.into_iter().map(suggestion).collect::<Result<_, _>>()?;
        Ok(Self { bias: UserBias::new(record.mean, record.count), suggestions })
    }
}

fn suggestion(record: SuggestionRecord) -> Result<Suggestion, CorruptRecord> {
    let SuggestionRecord { movie, strength, above_mean, because } = record;
    let because = because.into_iter().map(movie_id).collect::<Result<_, _>>()?;
    Ok(Suggestion { movie: movie_id(movie)?, strength, above_mean, because })
}

fn movie_id(raw: i64) -> Result<MovieId, CorruptRecord> {
    let corrupt =
        |source| CorruptRecord { table: "suggestions", column: "movie", row: raw, source };
    MovieId::parse(raw).map_err(corrupt)
}

#[cfg(test)]
mod tests;
