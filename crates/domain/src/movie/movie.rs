use time::OffsetDateTime;

use super::{
    AlternativeTitles, Countries, Directors, ExternalIds, Genres, Language, ReleaseYear, Runtime,
    Synopsis, Title,
};
use crate::{MovieId, UserId};

/// What is known about a movie. Every part is a checked value, so any combination is valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovieFacts {
    /// The title people look for.
    pub title: Title,
    /// The title in the movie's own language, where it differs.
    pub original_title: Option<Title>,
    /// What else it is called.
    pub alternative_titles: AlternativeTitles,
    /// The year of the first release.
    pub release_year: Option<ReleaseYear>,
    /// The length.
    pub runtime: Option<Runtime>,
    /// The language it was made in.
    pub original_language: Option<Language>,
    /// Where it comes from.
    pub countries: Countries,
    /// The genres.
    pub genres: Genres,
    /// Who directed it.
    pub directors: Directors,
    /// What it is about.
    pub synopsis: Option<Synopsis>,
    /// Its names in other catalogues.
    pub external_ids: ExternalIds,
}

impl MovieFacts {
    /// All its titles: the title, the original one and the others.
    pub fn titles(&self) -> impl Iterator<Item = &str> + Clone {
        let others = self.original_title.iter().chain(self.alternative_titles.as_slice());
        std::iter::once(&self.title).chain(others).map(Title::as_str)
    }
}

/// A movie of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movie {
    id: MovieId,
    facts: MovieFacts,
    version: i64,
    added_by: Option<UserId>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl Movie {
    /// Puts together a movie from checked parts. `version` counts the edits of the facts, from 1;
    /// `added_by` is empty for the starter catalogue and for erased accounts.
    pub fn new(
        id: MovieId,
        facts: MovieFacts,
        version: i64,
        added_by: Option<UserId>,
        created_at: OffsetDateTime,
        updated_at: OffsetDateTime,
    ) -> Self {
        Self { id, facts, version, added_by, created_at, updated_at }
    }

    /// Its id.
    pub fn id(&self) -> MovieId {
        self.id
    }

    /// What is known about it.
    pub fn facts(&self) -> &MovieFacts {
        &self.facts
    }

    /// How often its facts were written: 1 for a movie never edited.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// Who added it, unless that account is gone or it came with the starter catalogue.
    pub fn added_by(&self) -> Option<UserId> {
        self.added_by
    }

    /// When it was added.
    pub fn created_at(&self) -> OffsetDateTime {
        self.created_at
    }

    /// When its facts were last edited.
    pub fn updated_at(&self) -> OffsetDateTime {
        self.updated_at
    }
}
