//! Finding movies by what people type: what a title is found by, and how well it matches.

mod search_key;
mod sought_key;
mod title_index;
mod title_search;
mod typed_title;
mod word;

pub use search_key::search_key;
pub use sought_key::sought_key;
pub use title_index::{TitleIndex, WordParts, popularity_class};
pub use title_search::{
    Probe, ProbeKind, SEARCH_BOUNDS, SearchBounds, TitleMatch, TitleSearch, min_shared_trigrams,
};
pub use typed_title::{SUGGEST_BOUNDS, SuggestBounds, TypedTitle};
