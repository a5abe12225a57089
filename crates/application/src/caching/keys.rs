use std::time::Duration;

/// How long a cached value may live when nothing invalidates it. Bounds the harm of an invalidation
/// that got lost together with its process.
pub const LIFETIME: Duration = Duration::from_secs(60);

const MOVIE_DETAILS: &str = "movie:2:";

const NEIGHBOURS: &str = "neighbours:1:";

const SUGGESTIONS: &str = "suggestions:1:";

/// Stands for all pages of movies. They are kept in each replica alone, so the shared cache has no
/// value of this key.
pub(super) const MOVIE_LISTS_KEY: &str = "movie-lists";

/// The key of a movie with its summary. The number goes up when the record's shape changes, so that
/// old and new replicas can share one cache.
pub(crate) fn movie_details_key(movie_id: i64) -> String {
    format!("{MOVIE_DETAILS}{movie_id}")
}

/// The key of the movies most like a movie.
pub(super) fn neighbours_key(movie_id: i64) -> String {
    format!("{NEIGHBOURS}{movie_id}")
}

/// The key of what somebody may like.
pub(super) fn suggestions_key(user_id: i64) -> String {
    format!("{SUGGESTIONS}{user_id}")
}

/// The movie whose key this is.
pub(super) fn movie_of_key(key: &str) -> Option<i64> {
    key.strip_prefix(MOVIE_DETAILS)?.parse().ok()
}
