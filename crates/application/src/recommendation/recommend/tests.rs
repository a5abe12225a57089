use std::sync::Arc;

use reelmark_domain::Role;

use super::*;
use crate::ports::{
    ListedMovieRecord, MockMovieReader, MockNeighbourReader, MockTasteReader, MovieDetailsRecord,
    MoviePosition, MovieSort, NeighbourListRecord, NeighbourRecord, TasteRecord,
};
use crate::testing::{NOW, caller, clock, details_of, no_cache, unavailable, views_of};

/// Movies 1 to 399 but 12; the chart begins with 201.
fn catalogue() -> MovieViews {
    let mut movies = MockMovieReader::new();
    let is_there = |id: &i64| (1..400).contains(id) && *id != 12;
    movies.expect_find().returning(move |id| Ok(is_there(&id).then(|| details_of(id))));
    movies.expect_list().returning(|filter| {
        assert_eq!((filter.sort, filter.min_ratings), (MovieSort::WeightedScore, 1));
        let first = match filter.after {
            Some(MoviePosition::Number(_, id)) => id + 1,
            _ => 201,
        };
        let last = (first + filter.limit as i64).min(400);
        Ok((first..last).map(|id| listed(details_of(id))).collect())
    });
    views_of(movies)
}

fn listed(details: MovieDetailsRecord) -> ListedMovieRecord {
    let position = MoviePosition::Number(7.0, details.movie.id);
    ListedMovieRecord { details, position }
}

/// The caller's ratings, and what was rated when they were asked for again.
fn tastes(ratings: &[(i64, i16)], rated: Vec<i64>) -> MockTasteReader {
    let taste = TasteRecord { user_id: 7, ratings: ratings.to_vec() };
    let mut tastes = MockTasteReader::new();
    tastes.expect_find().returning(move |_, _| Ok(taste.clone()));
    tastes.expect_rated_among().returning(move |user, movies| {
        assert_eq!(user, 7);
        Ok(movies.into_iter().filter(|movie| rated.contains(movie)).collect())
    });
    tastes
}

/// Movies 11, 12 and 13 are like movie 1, in this order.
fn neighbours() -> MockNeighbourReader {
    let neighbour = |(movie_id, similarity)| NeighbourRecord { movie_id, similarity };
    let of_1 = [(11, 5_000), (12, 4_000), (13, 3_000)].map(neighbour).to_vec();
    let mut reader = MockNeighbourReader::new();
    reader.expect_find().returning(move |_| {
        Ok(vec![NeighbourListRecord { movie_id: 1, neighbours: of_1.clone() }])
    });
    reader
}

async fn recommend(tastes: MockTasteReader, limit: i64) -> Vec<RecommendedMovie> {
    let (tastes, neighbours, cache) = (Arc::new(tastes), neighbours(), no_cache());
    let suggestions = CachedSuggestions::new(tastes, Arc::new(neighbours), Arc::new(cache));
    let limit = RecommendationLimit::parse(limit).unwrap();
    let query = Recommend { caller: caller(Role::Member), limit };
    let found = run(&catalogue(), &suggestions, &clock(), query).await.unwrap();
    assert_eq!(found.computed_at, NOW);
    found.movies
}

fn ids(movies: &[RecommendedMovie]) -> Vec<i64> {
    movies.iter().map(|movie| movie.details.movie.id().get()).collect()
}

fn reasons(movie: &RecommendedMovie) -> Vec<i64> {
    movie.because.iter().map(|reason| reason.movie_id.get()).collect()
}

const RATED: [(i64, i16); 3] = [(1, 9), (2, 8), (3, 7)];

#[tokio::test]
async fn what_is_like_the_rated_movies_comes_first_and_popular_ones_fill_up() {
    let found = recommend(tastes(&RATED, vec![1, 2, 3]), 4).await;
    assert_eq!(ids(&found), [11, 13, 201, 202]);
    assert_eq!((reasons(&found[0]), found[0].because[0].title.as_str()), (vec![1], "Movie 1"));
    assert!(found[0].predicted_score.unwrap().get() > 7.0);
    assert_eq!((reasons(&found[2]), found[2].predicted_score), (vec![], None));
}

#[tokio::test]
async fn what_was_rated_a_moment_ago_is_left_out() {
    let found = recommend(tastes(&RATED, vec![1, 2, 3, 11, 201]), 3).await;
    assert_eq!(ids(&found), [13, 202, 203]);
}

#[tokio::test]
async fn a_rating_that_was_taken_back_is_no_reason() {
    let found = recommend(tastes(&RATED, vec![2, 3]), 1).await;
    assert_eq!((ids(&found), reasons(&found[0])), (vec![11], vec![]));
}

#[tokio::test]
async fn whoever_has_rated_little_gets_popular_movies_they_have_not_rated() {
    let found = recommend(tastes(&[(202, 9)], vec![202]), 3).await;
    assert_eq!(ids(&found), [201, 203, 204]);
    assert!(found.iter().all(|movie| movie.because.is_empty()));
}

#[tokio::test]
async fn goes_on_behind_the_best_for_somebody_who_rated_them_all() {
    let found = recommend(tastes(&[], (201..398).collect()), 5).await;
    assert_eq!(ids(&found), [398, 399]);
}

#[tokio::test]
async fn says_when_the_store_is_down() {
    let mut tastes = MockTasteReader::new();
    tastes.expect_find().returning(|_, _| Err(unavailable()));
    let (tastes, neighbours, cache) = (Arc::new(tastes), neighbours(), no_cache());
    let suggestions = CachedSuggestions::new(tastes, Arc::new(neighbours), Arc::new(cache));
    let query = Recommend { caller: caller(Role::Member), limit: RecommendationLimit::default() };
    let error = run(&catalogue(), &suggestions, &clock(), query).await;
    assert!(matches!(error, Err(RecommendError::Store(RepositoryError::Unavailable(_)))));
}
