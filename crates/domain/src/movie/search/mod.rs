//! Finding movies by what people type: what a title is found by, and how well it matches.

mod search_key;
mod search_keys;
mod title_index;
mod title_search;
mod word;

pub use search_key::search_key;
pub use search_keys::{search_keys, sought_key};
pub use title_index::{TitleIndex, WordParts, popularity_class};
pub use title_search::{
    Probe, ProbeKind, SEARCH_BOUNDS, SearchBounds, TitleMatch, TitleSearch, min_shared_trigrams,
};
