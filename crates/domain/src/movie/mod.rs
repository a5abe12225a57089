mod alternative_titles;
mod articles;
mod country;
mod external_ids;
mod genre;
mod language;
mod movie;
mod people;
mod release_year;
mod runtime;
mod search;
mod title;
mod title_key;
mod written_title;

pub use alternative_titles::AlternativeTitles;
pub use articles::upright_title;
pub use country::{Countries, Country};
pub use external_ids::{ExternalIds, ImdbId, MovieLensId, TmdbId};
pub use genre::{Genre, Genres};
pub use language::Language;
pub use movie::{Movie, MovieFacts};
pub use people::{Directors, PersonName};
pub use release_year::ReleaseYear;
pub use runtime::Runtime;
pub use search::{
    Probe, ProbeKind, SEARCH_BOUNDS, SearchBounds, TitleIndex, TitleMatch, TitleSearch, WordParts,
    min_shared_trigrams, popularity_class, search_key, search_keys, sought_key,
};
pub use title::{Synopsis, Title};
pub use title_key::TitleKey;
pub use written_title::{WrittenTitle, tidy_title};
