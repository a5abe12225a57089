//! What MovieLens hands out to its users (`movie_id,imdb_id,tmdb_id,rating,average_rating,title`),
//! or rows of its data sets.

use html_escape::decode_html_entities;
use reelmark_application::ports::{
    ImportFileError, ImportRows, PersonalFormat, PersonalRating, RowFault, SkipReason,
};
use reelmark_domain::{ExternalIds, ImdbId, MovieReference, RatedAt, Score, WrittenTitle};
use time::OffsetDateTime;

use super::adapter::Read;
use crate::table::{Column, Dialect, Form, Made, Row, Table, at};
use crate::values::{movielens_id, tmdb_id, unless_zero};

pub(super) const FORM: Form<(PersonalFormat, Read)> = Form {
    format: (PersonalFormat::MovieLensCsv, read),
    dialect: Dialect::Commas,
    columns: &["movieid", "rating"],
};

struct Columns {
    movie: Column,
    stars: Option<Column>,
    imdb: Option<Column>,
    tmdb: Option<Column>,
    title: Option<Column>,
    time: Option<Column>,
}

fn read(table: Table, now: OffsetDateTime) -> Result<ImportRows<PersonalRating>, ImportFileError> {
    let columns = Columns {
        movie: table.column("movieid")?,
        stars: Some(table.column("rating")?),
        imdb: table.any_column(&["imdbid"])?,
        tmdb: table.any_column(&["tmdbid"])?,
        title: table.any_column(&["title"])?,
        time: table.any_column(&["timestamp"])?,
    };
    Ok(table.rows(move |row| made_of(row, &columns, now)))
}

fn made_of(
    row: &Row<'_>,
    columns: &Columns,
    now: OffsetDateTime,
) -> Result<Made<PersonalRating>, RowFault> {
    let Some(score) = row.optional(&columns.stars, Score::from_stars)? else {
        return Ok(Made::Nothing(SkipReason::NotRated));
    };
    let movie = movie(row, columns, now)?;
    let time = |raw: &str| RatedAt::from_unix_seconds(raw, now);
    let rated_at = row.optional(&columns.time, time)?;
    Ok(Made::Value(PersonalRating { movie, score, review: None, rated_at }))
}

fn movie(
    row: &Row<'_>,
    columns: &Columns,
    now: OffsetDateTime,
) -> Result<MovieReference, RowFault> {
    let parse = |raw: &str| WrittenTitle::parse(&decode_html_entities(raw), now.year());
    let written = row.optional(&columns.title, parse)?;
    let ids = ExternalIds {
        imdb: row.optional(&columns.imdb, unless_zero(ImdbId::from_number))?.flatten(),
        tmdb: row.optional(&columns.tmdb, unless_zero(tmdb_id))?.flatten(),
        movielens: row.optional(&Some(columns.movie.clone()), movielens_id)?,
    };
    let year = written.as_ref().and_then(|written| written.year);
    let titles = written.map(|written| [vec![written.title], written.alternatives].concat());
    let reference = MovieReference::new(titles.unwrap_or_default(), year, ids);
    reference.map_err(|error| at(&columns.movie, error))
}
