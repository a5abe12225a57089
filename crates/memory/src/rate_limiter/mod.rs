mod cell;
mod cells;
mod memory_rate_limiter;

pub use memory_rate_limiter::MemoryRateLimiter;
