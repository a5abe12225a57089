use std::time::Duration;

/// Where the cache is, and how much patience to have with it. Not to be printed, for the URL may
/// hold a password.
#[derive(Clone)]
pub struct RedisCacheConfig {
    /// Such as `redis://127.0.0.1:6379/0`.
    pub url: String,
    /// What all keys begin with, so that several services can share a server. Replicas of one
    /// service have the same.
    pub namespace: String,
    /// How long a caller waits for an answer, the opening of a connection included.
    pub patience: Duration,
    /// How long after a failure Redis is left alone before it is tried again.
    pub retry_after: Duration,
    /// The greatest number of connections.
    pub connections: usize,
}

impl RedisCacheConfig {
    /// What suits a server nearby. A read costs no more than twice the patience when it hangs.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            namespace: "reelmark".into(),
            patience: Duration::from_millis(25),
            retry_after: Duration::from_millis(500),
            connections: 16,
        }
    }
}
