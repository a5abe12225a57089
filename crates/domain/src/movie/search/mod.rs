//! Finding movies by what people type: what a title is found by, and how well it matches.

mod search_key;
mod title_index;
mod title_search;
mod word;

pub use search_key::{search_key, search_trigrams};
pub use title_index::{TitleIndex, WordParts, popularity_class};
pub use title_search::{
    Probe, ProbeKind, SEARCH_BOUNDS, SearchBounds, TitleMatch, TitleSearch, min_shared_trigrams,
};
