mod external_ids;
mod genre;
mod movie;
mod people;
mod release_year;
mod runtime;
mod search;
mod title;

pub use external_ids::{ExternalIds, ImdbId, MovieLensId, TmdbId};
pub use genre::{Genre, Genres};
pub use movie::{Movie, MovieFacts};
pub use people::{Directors, PersonName};
pub use release_year::ReleaseYear;
pub use runtime::Runtime;
pub use search::{
    Probe, ProbeKind, SEARCH_BOUNDS, SearchBounds, TitleIndex, TitleMatch, TitleSearch, WordParts,
    min_shared_trigrams, popularity_class, search_key, search_trigrams,
};
pub use title::{Synopsis, Title};
