use std::time::Duration;

/// How long a cached value may live when nothing invalidates it. Bounds the harm of an invalidation
/// that got lost together with its process.
pub const LIFETIME: Duration = Duration::from_secs(60);

/// The key of a movie with its summary. The number goes up when the record's shape changes, so that
/// old and new replicas can share one cache.
pub(crate) fn movie_details_key(movie_id: i64) -> String {
    format!("movie:1:{movie_id}")
}
