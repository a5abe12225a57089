use reelmark_domain::{
    AlternativeTitles, Countries, Country, Directors, ExternalIds, Genre, Genres, ImdbId, Language,
    MovieFacts, PersonName, ReleaseYear, Runtime, Title, ValueError,
};
use serde::Deserialize;
use thiserror::Error;

/// One line of the starter catalogue, by the names of its columns. Lists are separated by bars.
#[derive(Debug, Deserialize)]
pub(crate) struct StarterRow<'a> {
    imdb_id: &'a str,
    title: &'a str,
    year: i64,
    runtime_min: Option<i64>,
    genres: &'a str,
    directors: &'a str,
    original_language: Option<&'a str>,
    countries: &'a str,
}

/// A value of the starter catalogue that the domain refuses.
#[derive(Debug, Error)]
#[error("line {line}, column {column}")]
pub(crate) struct StarterRowError {
    line: u64,
    column: &'static str,
    source: ValueError,
}

impl StarterRow<'_> {
    /// The movie in this row, which is the `line`th of the file.
    pub fn facts(&self, line: u64) -> Result<MovieFacts, StarterRowError> {
        let at = |column| move |source| StarterRowError { line, column, source };
        Ok(MovieFacts {
            title: Title::parse(self.title).map_err(at("title"))?,
            original_title: None,
            alternative_titles: AlternativeTitles::default(),
            // The file is older than the program, so that its years need no calendar.
            release_year: Some(ReleaseYear::from_stored(self.year).map_err(at("year"))?),
            runtime: self.runtime_min.map(Runtime::parse).transpose().map_err(at("runtime_min"))?,
            original_language: self
                .original_language
                .map(Language::parse)
                .transpose()
                .map_err(at("original_language"))?,
            countries: self.countries().map_err(at("countries"))?,
            genres: self.genres().map_err(at("genres"))?,
            directors: self.directors().map_err(at("directors"))?,
            synopsis: None,
            external_ids: ExternalIds {
                imdb: Some(ImdbId::parse(self.imdb_id).map_err(at("imdb_id"))?),
                ..ExternalIds::default()
            },
        })
    }

    fn genres(&self) -> Result<Genres, ValueError> {
        Genres::new(items(self.genres).map(Genre::parse).collect::<Result<_, _>>()?)
    }

    fn countries(&self) -> Result<Countries, ValueError> {
        Countries::new(items(self.countries).map(Country::parse).collect::<Result<_, _>>()?)
    }

    fn directors(&self) -> Result<Directors, ValueError> {
        Directors::new(items(self.directors).map(PersonName::parse).collect::<Result<_, _>>()?)
    }
}

fn items(list: &str) -> impl Iterator<Item = &str> {
    list.split('|').filter(move |_| !list.is_empty())
}
