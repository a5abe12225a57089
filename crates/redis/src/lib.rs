//! The cache and the rate limiter that all replicas share, in Redis.

mod circuit;
mod config;
mod connector;
mod failure;
mod redis_cache;
mod redis_probe;
mod redis_rate_limiter;
mod scripts;
mod server;
mod tracking;

pub use config::RedisCacheConfig;
pub use redis_cache::RedisCache;
pub use redis_probe::RedisProbe;
pub use redis_rate_limiter::RedisRateLimiter;
