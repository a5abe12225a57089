mod memory_cache;
mod shard;

pub use memory_cache::MemoryCache;
