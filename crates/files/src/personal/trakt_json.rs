//! The ratings that Trakt hands out: an array of entries, some of them about shows.

use std::sync::Arc;

use reelmark_application::ports::{
    FileFault, ImportFileError, ImportItem, ImportRows, ImportedRow, PersonalRating, Place,
    Position, RowFault, RowProblem, SkipReason, SkippedRow,
};
use reelmark_domain::{ImdbId, MovieReference, RatedAt, ReleaseYear, Score, TmdbId, ValueError};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use time::OffsetDateTime;

use crate::input::{JsonEntries, Text};
use crate::table::Made;
use crate::values::{ids, title};

#[derive(Deserialize)]
struct Entry {
    rated_at: Option<String>,
    rating: Option<Value>,
    #[serde(rename = "type")]
    kind: Option<String>,
    movie: Option<Movie>,
    show: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Movie {
    title: Option<String>,
    year: Option<i64>,
    ids: Option<Ids>,
}

#[derive(Default, Deserialize)]
struct Ids {
    imdb: Option<String>,
    tmdb: Option<i64>,
}

pub(super) fn read(file: Arc<str>, text: Text, now: OffsetDateTime) -> ImportRows<PersonalRating> {
    let mut entries = (1..).zip(JsonEntries::new(text.into_reader())).peekable();
    let is_empty = entries.peek().is_none();
    let nothing = is_empty.then(|| {
        Err(ImportFileError { file: file.clone(), position: None, fault: FileFault::NoRows })
    });
    let items = entries.map(move |(number, entry)| {
        let place = Place { file: file.clone(), position: Position::Entry(number) };
        entry.map(|bytes| item(place.clone(), &bytes, now)).map_err(|fault| ImportFileError {
            file: place.file,
            position: Some(place.position),
            fault,
        })
    });
    Box::new(nothing.into_iter().chain(items))
}

fn item(place: Place, bytes: &[u8], now: OffsetDateTime) -> ImportItem<PersonalRating> {
    match made_of(bytes, now) {
        Ok(Made::Value(value) | Made::Short(value, _)) => {
            ImportItem::Row(ImportedRow { place, value })
        }
        Ok(Made::Nothing(reason)) => ImportItem::Skipped(SkippedRow { place, reason }),
        Err(fault) => ImportItem::Rejected(RowProblem { place, fault }),
    }
}

fn made_of(bytes: &[u8], now: OffsetDateTime) -> Result<Made<PersonalRating>, RowFault> {
    let entry: Entry =
        serde_json::from_slice(bytes).map_err(|_| RowFault::Shape { format: "Trakt" })?;
    let is_of_show = entry.show.is_some() && entry.movie.is_none();
    if is_of_show || entry.kind.as_deref().is_some_and(|kind| kind != "movie") {
        return Ok(Made::Nothing(SkipReason::NotAMovie));
    }
    let rated_at = entry.rated_at.as_deref().map(|raw| RatedAt::from_rfc3339(raw, now));
    Ok(Made::Value(PersonalRating {
        movie: reference(entry.movie.ok_or(at("movie")(ValueError::Blank))?, now)?,
        score: score(entry.rating).map_err(at("rating"))?,
        review: None,
        rated_at: rated_at.transpose().map_err(at("rated_at"))?,
    }))
}

fn at(field: &'static str) -> impl Fn(ValueError) -> RowFault {
    move |error| RowFault::Field { field: field.into(), error }
}

/// A number, or a text that holds one.
fn score(raw: Option<Value>) -> Result<Score, ValueError> {
    match raw {
        Some(Value::String(text)) => Score::from_points(&text),
        Some(Value::Number(number)) => Score::from_points(&number.to_string()),
        Some(Value::Null) | None => Err(ValueError::Blank),
        Some(_) => Err(ValueError::Malformed { expected: "a whole number from 1 to 10" }),
    }
}

fn reference(movie: Movie, now: OffsetDateTime) -> Result<MovieReference, RowFault> {
    let title = movie.title.as_deref().map(title).transpose().map_err(at("movie.title"))?;
    let year = movie.year.map(|year| ReleaseYear::parse(year, now.year()));
    let year = year.transpose().map_err(at("movie.year"))?;
    let ids_there = movie.ids.unwrap_or_default();
    let imdb = ids_there.imdb.as_deref().map(ImdbId::parse).transpose();
    let tmdb = ids_there.tmdb.map(TmdbId::parse).transpose();
    let ids = ids(imdb.map_err(at("movie.ids.imdb"))?, tmdb.map_err(at("movie.ids.tmdb"))?);
    MovieReference::new(title.into_iter().collect(), year, ids).map_err(at("movie"))
}
