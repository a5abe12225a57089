use std::collections::HashMap;

use reelmark_domain::{
    Action, Caller, ExternalIds, Forbidden, MatchOutcome, MovieId, MovieReference, RatedAt, Score,
};
use thiserror::Error;

use crate::personal_import::Candidates;
use crate::ports::{
    BroughtOutcome, BroughtRating, Clock, MovieReader, RatingRepository, RepositoryError,
};

/// How many movies are looked up at once.
const LOOKED_UP_AT_ONCE: usize = 500;

/// Somebody says how much they liked many movies.
#[derive(Clone, Debug)]
pub struct RateBatch {
    pub caller: Caller,
    pub items: Vec<BatchItem>,
}

/// One rating of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchItem {
    pub movie: BatchMovie,
    pub score: Score,
    /// When it was given; now, unless somebody says something else.
    pub rated_at: Option<RatedAt>,
}

/// What names the movie of a rating.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BatchMovie {
    Id(MovieId),
    /// By one id of another catalogue.
    Elsewhere(ExternalIds),
}

/// What became of one rating of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchOutcome {
    Done(MovieId, BroughtOutcome),
    /// A later one of the same batch is about the same movie, and counts.
    Superseded(MovieId),
    MovieNotFound,
}

/// Why nothing of a batch was stored.
#[derive(Debug, Error)]
pub enum RateBatchError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// What came of each, in the order of the batch. Of several ratings of one movie the last one is
/// stored.
pub(super) async fn run(
    ratings: &dyn RatingRepository,
    movies: &dyn MovieReader,
    clock: &dyn Clock,
    RateBatch { caller, items }: RateBatch,
) -> Result<Vec<BatchOutcome>, RateBatchError> {
    caller.authorize(Action::RateMovie)?;
    let now = clock.now();
    let found = identify(movies, &items).await?;
    let mut outcomes = vec![BatchOutcome::MovieNotFound; items.len()];
    let mut last = HashMap::new();
    for (place, id) in found.iter().enumerate().filter_map(|(place, id)| Some((place, (*id)?))) {
        if let Some(earlier) = last.insert(id, place) {
            outcomes[earlier] = BatchOutcome::Superseded(id);
        }
    }
    let mut chosen: Vec<(usize, MovieId)> =
        last.into_iter().map(|(id, place)| (place, id)).collect();
    chosen.sort_unstable();
    let brought = chosen.iter().map(|(place, id)| BroughtRating {
        movie_id: id.get(),
        score: items[*place].score.get().into(),
        review: None,
        rated_at: Some(items[*place].rated_at.map_or(now, RatedAt::get)),
    });
    let stored = ratings.put_all(caller.user_id.get(), brought.collect(), now).await?;
    for ((place, id), outcome) in chosen.into_iter().zip(stored) {
        if let Some(outcome) = outcome {
            outcomes[place] = BatchOutcome::Done(id, outcome);
        }
    }
    Ok(outcomes)
}

/// The movie of each item. Whether one that is named by its own id exists, the store finds out.
async fn identify(
    movies: &dyn MovieReader,
    items: &[BatchItem],
) -> Result<Vec<Option<MovieId>>, RepositoryError> {
    let references: Vec<_> = items.iter().map(reference).collect();
    let wanted: Vec<&MovieReference> = references.iter().flatten().collect();
    let mut by_ids = vec![];
    for some in wanted.chunks(LOOKED_UP_AT_ONCE) {
        let candidates = Candidates::of(movies, some).await?;
        by_ids.extend(some.iter().map(|one| match candidates.match_movie(one) {
            MatchOutcome::Matched(found) => Some(found.id),
            _ => None,
        }));
    }
    let mut by_ids = by_ids.into_iter();
    let named = |item: &BatchItem| match item.movie {
        BatchMovie::Id(id) => Some(id),
        BatchMovie::Elsewhere(_) => by_ids.next().flatten(),
    };
    Ok(items.iter().map(named).collect())
}

fn reference(item: &BatchItem) -> Option<MovieReference> {
    match &item.movie {
        BatchMovie::Id(_) => None,
        BatchMovie::Elsewhere(ids) => MovieReference::new(vec![], None, ids.clone()).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{
        CandidateQuery, MockMovieReader, MockRatingRepository, MovieCandidateRecord,
    };
    use crate::testing::{NOW, caller, candidate_record, clock, unavailable};
    use reelmark_domain::{ImdbId, Role};

    fn by_id(id: i64, score: i64) -> BatchItem {
        let movie = BatchMovie::Id(MovieId::parse(id).unwrap());
        BatchItem { movie, score: Score::parse(score).unwrap(), rated_at: None }
    }

    fn by_imdb(id: &str, score: i64) -> BatchItem {
        let imdb = ImdbId::parse(id).ok();
        let movie = BatchMovie::Elsewhere(ExternalIds { imdb, ..ExternalIds::default() });
        BatchItem { movie, ..by_id(1, score) }
    }

    fn movies() -> MockMovieReader {
        let mut movies = MockMovieReader::new();
        let is_asked = |wanted: &Vec<CandidateQuery>| wanted.len() == 2;
        movies.expect_list_candidates().withf(is_asked).returning(|_| {
            let imdb_id = Some("tt0113277".to_owned());
            Ok(vec![MovieCandidateRecord { imdb_id, ..candidate_record(3, "Heat", 1995) }])
        });
        movies
    }

    fn rating(movie_id: i64, score: i16) -> BroughtRating {
        BroughtRating { movie_id, score, review: None, rated_at: Some(NOW) }
    }

    #[tokio::test]
    async fn tells_of_each_what_came_of_it_and_stores_the_last_of_each_movie() {
        let items = vec![
            by_id(3, 5),
            by_imdb("tt0000001", 6),
            by_id(8, 7),
            by_imdb("tt0113277", 9),
            by_id(9, 2),
        ];
        let mut ratings = MockRatingRepository::new();
        let expected = vec![rating(8, 7), rating(3, 9), rating(9, 2)];
        let is_last = move |user: &i64, brought: &Vec<BroughtRating>, _: &_| {
            *user == 7 && *brought == expected
        };
        ratings.expect_put_all().withf(is_last).once().returning(|_, _, _| {
            Ok(vec![Some(BroughtOutcome::Created), Some(BroughtOutcome::Updated), None])
        });
        let command = RateBatch { caller: caller(Role::Member), items };

        let outcomes = run(&ratings, &movies(), &clock(), command).await.unwrap();

        let (heat, other) = (MovieId::parse(3).unwrap(), MovieId::parse(8).unwrap());
        let expected = [
            BatchOutcome::Superseded(heat),
            BatchOutcome::MovieNotFound,
            BatchOutcome::Done(other, BroughtOutcome::Created),
            BatchOutcome::Done(heat, BroughtOutcome::Updated),
            BatchOutcome::MovieNotFound,
        ];
        assert_eq!(outcomes, expected);
    }

    #[tokio::test]
    async fn says_when_the_store_is_down() {
        let mut ratings = MockRatingRepository::new();
        ratings.expect_put_all().returning(|_, _, _| Err(unavailable()));
        let command = RateBatch { caller: caller(Role::Member), items: vec![by_id(3, 5)] };
        let failed = run(&ratings, &MockMovieReader::new(), &clock(), command).await;
        assert!(matches!(failed, Err(RateBatchError::Store(RepositoryError::Unavailable(_)))));
    }
}
