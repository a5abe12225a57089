mod external_ids;
mod genre;
mod movie;
mod people;
mod release_year;
mod runtime;
mod search_key;
mod title;

pub use external_ids::{ExternalIds, ImdbId, MovieLensId, TmdbId};
pub use genre::{Genre, Genres};
pub use movie::{Movie, MovieFacts};
pub use people::{Directors, PersonName};
pub use release_year::ReleaseYear;
pub use runtime::Runtime;
pub use search_key::{search_key, search_trigrams};
pub use title::{Synopsis, Title};
