use reelmark_domain::{
    AlternativeTitles, CatalogueMean, Countries, Country, Directors, ExternalIds, Genre, Genres,
    Histogram, ImdbId, Language, Movie, MovieFacts, MovieId, MovieLensId, PersonName,
    RatingSummary, ReleaseYear, Runtime, Synopsis, Title, TmdbId, UserId, ValueError,
};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::CorruptRecord;

/// A movie's facts as stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovieFactsRecord {
    pub title: String,
    pub original_title: Option<String>,
    pub alternative_titles: Vec<String>,
    pub release_year: Option<i32>,
    pub runtime_minutes: Option<i32>,
    pub original_language: Option<String>,
    pub countries: Vec<String>,
    pub genres: Vec<String>,
    pub directors: Vec<String>,
    pub synopsis: Option<String>,
    pub imdb_id: Option<String>,
    pub tmdb_id: Option<i64>,
    pub movielens_id: Option<i64>,
}

/// A movie as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovieRecord {
    pub id: i64,
    pub facts: MovieFactsRecord,
    /// Counts the writes of the facts, from 1.
    pub version: i64,
    pub added_by: Option<i64>,
    pub created_at: OffsetDateTime,
    pub updated_at: OffsetDateTime,
}

/// A rating summary as stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RatingSummaryRecord {
    pub movie_id: i64,
    /// How many ratings gave each score, 1 to 10 in order.
    pub histogram: [i64; 10],
    /// The mean over all ratings when this was computed; `None` before the first rating of all.
    pub catalogue_mean: Option<f64>,
    /// Counts the recomputations, from 0.
    pub version: i64,
    pub computed_at: OffsetDateTime,
}

/// A movie together with its rating summary: what most reads want.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MovieDetailsRecord {
    pub movie: MovieRecord,
    pub summary: RatingSummaryRecord,
}

/// A movie together with its rating summary, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct MovieDetails {
    pub movie: Movie,
    pub summary: RatingSummary,
}

impl From<&MovieFacts> for MovieFactsRecord {
    fn from(facts: &MovieFacts) -> Self {
        let ids = &facts.external_ids;
        Self {
            title: facts.title.as_str().to_owned(),
            original_title: facts.original_title.as_ref().map(|t| t.as_str().to_owned()),
            alternative_titles: texts(facts.alternative_titles.as_slice()),
            release_year: facts.release_year.map(ReleaseYear::get),
            runtime_minutes: facts.runtime.map(Runtime::minutes),
            original_language: facts.original_language.map(String::from),
            countries: texts(facts.countries.as_slice()),
            genres: texts(facts.genres.as_slice()),
            directors: texts(facts.directors.as_slice()),
            synopsis: facts.synopsis.as_ref().map(|s| s.as_str().to_owned()),
            imdb_id: ids.imdb.as_ref().map(|id| id.as_str().to_owned()),
            tmdb_id: ids.tmdb.map(TmdbId::get),
            movielens_id: ids.movielens.map(MovieLensId::get),
        }
    }
}

fn texts(items: &[impl ToString]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}

impl TryFrom<MovieRecord> for Movie {
    type Error = CorruptRecord;

    fn try_from(record: MovieRecord) -> Result<Self, CorruptRecord> {
        let row = record.id;
        let corrupt = |column| move |source| CorruptRecord { table: "movies", column, row, source };
        let id = MovieId::parse(row).map_err(corrupt("id"))?;
        let added_by = optional(record.added_by, UserId::parse).map_err(corrupt("added_by"))?;
        let facts = facts(&record.facts).map_err(|(column, source)| corrupt(column)(source))?;
        Ok(Movie::new(id, facts, record.version, added_by, record.created_at, record.updated_at))
    }
}

impl TryFrom<RatingSummaryRecord> for RatingSummary {
    type Error = CorruptRecord;

    fn try_from(record: RatingSummaryRecord) -> Result<Self, CorruptRecord> {
        let row = record.movie_id;
        let corrupt =
            |column| move |source| CorruptRecord { table: "rating_summaries", column, row, source };
        let id = MovieId::parse(row).map_err(corrupt("movie_id"))?;
        let histogram = histogram(record.histogram).map_err(corrupt("histogram"))?;
        let mean = optional(record.catalogue_mean, CatalogueMean::parse)
            .map_err(corrupt("catalogue_mean"))?;
        Ok(RatingSummary::new(id, histogram, mean, record.version, record.computed_at))
    }
}

impl TryFrom<MovieDetailsRecord> for MovieDetails {
    type Error = CorruptRecord;

    fn try_from(record: MovieDetailsRecord) -> Result<Self, CorruptRecord> {
        Ok(Self { movie: record.movie.try_into()?, summary: record.summary.try_into()? })
    }
}

/// Checks ten stored counts.
///
/// # Errors
/// [`ValueError::Underflow`] for a negative count.
pub fn histogram(buckets: [i64; 10]) -> Result<Histogram, ValueError> {
    let mut counts = [0; 10];
    for (count, bucket) in counts.iter_mut().zip(buckets) {
        *count = u64::try_from(bucket).map_err(|_| ValueError::Underflow)?;
    }
    Ok(Histogram::new(counts))
}

pub(super) fn optional<A, B>(
    raw: Option<A>,
    parse: impl FnOnce(A) -> Result<B, ValueError>,
) -> Result<Option<B>, ValueError> {
    raw.map(parse).transpose()
}

fn facts(record: &MovieFactsRecord) -> Result<MovieFacts, (&'static str, ValueError)> {
    let at = |column| move |error| (column, error);
    Ok(MovieFacts {
        title: Title::parse(&record.title).map_err(at("title"))?,
        original_title: optional(record.original_title.as_deref(), Title::parse)
            .map_err(at("original_title"))?,
        alternative_titles: checked(
            &record.alternative_titles,
            Title::parse,
            AlternativeTitles::new,
        )
        .map_err(at("alternative_titles"))?,
        release_year: optional(record.release_year.map(i64::from), ReleaseYear::from_stored)
            .map_err(at("release_year"))?,
        runtime: optional(record.runtime_minutes.map(i64::from), Runtime::parse)
            .map_err(at("runtime_minutes"))?,
        original_language: optional(record.original_language.as_deref(), Language::parse)
            .map_err(at("original_language"))?,
        countries: checked(&record.countries, Country::parse, Countries::new)
            .map_err(at("countries"))?,
        genres: checked(&record.genres, Genre::parse, Genres::new).map_err(at("genres"))?,
        directors: checked(&record.directors, PersonName::parse, Directors::new)
            .map_err(at("directors"))?,
        synopsis: optional(record.synopsis.as_deref(), Synopsis::parse).map_err(at("synopsis"))?,
        external_ids: ExternalIds {
            imdb: optional(record.imdb_id.as_deref(), ImdbId::parse).map_err(at("imdb_id"))?,
            tmdb: optional(record.tmdb_id, TmdbId::parse).map_err(at("tmdb_id"))?,
            movielens: optional(record.movielens_id, MovieLensId::parse)
                .map_err(at("movielens_id"))?,
        },
    })
}

/// Checks items one by one, and then together.
fn checked<T, L>(
    items: &[String],
    parse: impl Fn(&str) -> Result<T, ValueError>,
    collect: impl FnOnce(Vec<T>) -> Result<L, ValueError>,
) -> Result<L, ValueError> {
    collect(items.iter().map(|item| parse(item)).collect::<Result<_, _>>()?)
}
