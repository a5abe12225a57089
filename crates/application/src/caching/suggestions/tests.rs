use super::*;
use crate::ports::{
    Lease, Lookup, MockCache, MockNeighbourReader, MockTasteReader, NeighbourListRecord,
    NeighbourRecord, TasteRecord,
};
use crate::testing::no_cache;

fn user() -> UserId {
    UserId::parse(7).unwrap()
}

/// User 7 has rated these.
fn tastes(ratings: &[(i64, i16)]) -> MockTasteReader {
    let taste = TasteRecord { user_id: 7, ratings: ratings.to_vec() };
    let mut tastes = MockTasteReader::new();
    let is_7 = |user: &i64, latest: &usize| *user == 7 && *latest == Recommender::LATEST;
    tastes.expect_find().withf(is_7).returning(move |_, _| Ok(taste.clone()));
    tastes
}

/// Movie 10 is like all others.
fn neighbours() -> MockNeighbourReader {
    let list = |movie_id| NeighbourListRecord {
        movie_id,
        neighbours: vec![NeighbourRecord { movie_id: 10, similarity: 5_000 }],
    };
    let mut neighbours = MockNeighbourReader::new();
    neighbours.expect_find().returning(move |movies| Ok(movies.into_iter().map(list).collect()));
    neighbours
}

fn suggestions(
    tastes: MockTasteReader,
    neighbours: MockNeighbourReader,
    cache: MockCache,
) -> CachedSuggestions {
    CachedSuggestions::new(Arc::new(tastes), Arc::new(neighbours), Arc::new(cache))
}

#[tokio::test]
async fn suggests_what_is_like_the_rated_movies() {
    let suggestions = suggestions(tastes(&[(1, 7), (2, 7), (3, 7)]), neighbours(), no_cache());
    let suggested = suggestions.of(user()).await.unwrap();
    assert_eq!(suggested.suggestions[0].movie.get(), 10);
    let because: Vec<_> = suggested.suggestions[0].because.iter().map(|id| id.get()).collect();
    assert_eq!(because, [1, 2, 3]);
    assert_eq!(suggested.bias, UserBias::new(Some(7.0), 3));
}

#[tokio::test]
async fn two_ratings_are_too_few() {
    let suggestions =
        suggestions(tastes(&[(1, 7), (2, 7)]), MockNeighbourReader::new(), no_cache());
    assert_eq!(suggestions.of(user()).await.unwrap(), Suggested::default());
}

#[tokio::test]
async fn whoever_asks_again_is_answered_from_the_cache() {
    let filled = Arc::new(std::sync::Mutex::new(None));
    let mut cache = MockCache::new();
    let kept = filled.clone();
    cache.expect_lookup().returning(move |key| match kept.lock().unwrap().clone() {
        Some(bytes) => Ok(Lookup::Hit(bytes)),
        None => Ok(Lookup::Miss(Lease { key: key.into(), token: "t".into() })),
    });
    cache.expect_fill().withf(|lease, _, _| lease.key == suggestions_key(7)).returning(
        move |_, bytes, _| {
            *filled.lock().unwrap() = Some(bytes);
            Ok(true)
        },
    );
    let mut neighbours_once = MockNeighbourReader::new();
    let all = neighbours();
    let list = all.find(vec![1, 2, 3]).await.unwrap();
    neighbours_once.expect_find().once().return_once(move |_| Ok(list));
    let suggestions = suggestions(tastes(&[(1, 7), (2, 8), (3, 9)]), neighbours_once, cache);
    let first = suggestions.of(user()).await.unwrap();
    assert_eq!(suggestions.of(user()).await.unwrap(), first);
    assert!(!first.suggestions.is_empty());
}
