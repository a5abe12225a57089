//! The entries of the list that Trakt hands out.

use std::io::Write;

use reelmark_application::account::ExportedRating;
use reelmark_application::ports::{ExportFileError, ExportTarget, RowSink};
use reelmark_domain::{ImdbId, ReleaseYear, TmdbId};
use serde::Serialize;
use time::format_description::well_known::Rfc3339;

use super::csv_sink::failed;

#[derive(Serialize)]
struct Entry<'a> {
    rated_at: String,
    rating: u8,
    #[serde(rename = "type")]
    kind: &'static str,
    movie: Movie<'a>,
}

#[derive(Serialize)]
struct Movie<'a> {
    title: &'a str,
    year: Option<i32>,
    ids: Ids<'a>,
}

#[derive(Serialize)]
struct Ids<'a> {
    imdb: Option<&'a str>,
    tmdb: Option<i64>,
}

/// An array that is being written, one entry a line.
pub(super) struct TraktSink {
    target: ExportTarget,
    is_empty: bool,
}

impl TraktSink {
    pub fn new(target: ExportTarget) -> Self {
        Self { target, is_empty: true }
    }
}

impl RowSink<ExportedRating> for TraktSink {
    fn write(&mut self, row: &ExportedRating) -> Result<(), ExportFileError> {
        let entry = serde_json::to_vec(&entry(row)?).map_err(failed)?;
        let before = if std::mem::take(&mut self.is_empty) { "[\n" } else { ",\n" };
        self.target.write_all(before.as_bytes()).map_err(failed)?;
        self.target.write_all(&entry).map_err(failed)
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportFileError> {
        let end: &[u8] = if self.is_empty { b"[]\n" } else { b"\n]\n" };
        self.target.write_all(end).map_err(failed)?;
        self.target.flush().map_err(failed)
    }
}

fn entry(row: &ExportedRating) -> Result<Entry<'_>, ExportFileError> {
    let movie = &row.movie;
    let ids = Ids {
        imdb: movie.external_ids.imdb.as_ref().map(ImdbId::as_str),
        tmdb: movie.external_ids.tmdb.map(TmdbId::get),
    };
    let year = movie.release_year.map(ReleaseYear::get);
    Ok(Entry {
        rated_at: row.rating.updated_at().format(&Rfc3339).map_err(failed)?,
        rating: row.rating.score().get(),
        kind: "movie",
        movie: Movie { title: movie.title.as_str(), year, ids },
    })
}
