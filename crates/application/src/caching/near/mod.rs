//! Copies in this process, in front of the cache that all replicas share.

mod copies;
mod forgetting_cache;
mod near_cache;
mod seen;
mod shard;
mod shown;

pub(crate) use copies::PageKey;
pub use copies::{NearCopies, ShownMovie, ShownMoviePage};
pub use forgetting_cache::ForgettingCache;
pub(super) use seen::Seen;
pub use shown::Shown;
