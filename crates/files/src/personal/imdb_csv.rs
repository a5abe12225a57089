//! The list of ratings that IMDb hands out, by the names of its columns, which changed in 2017 and
//! again in 2023.

use reelmark_application::ports::{
    ImportFileError, ImportRows, PersonalFormat, PersonalRating, RowFault, SkipReason,
};
use reelmark_domain::{ImdbId, MovieReference, Score};
use time::OffsetDateTime;

use super::adapter::Read;
use super::title_kind::is_no_movie;
use super::written_day::day;
use crate::cells::bare;
use crate::table::{Column, Dialect, Form, Made, Row, Table, at};
use crate::values::{ids, title, year};

const KNOWN: (PersonalFormat, Read) = (PersonalFormat::ImdbCsv, read);

pub(super) const TODAY: Form<(PersonalFormat, Read)> =
    Form { format: KNOWN, dialect: Dialect::Commas, columns: &["const", "yourrating"] };

pub(super) const FORMER: Form<(PersonalFormat, Read)> =
    Form { format: KNOWN, dialect: Dialect::Commas, columns: &["const", "yourated"] };

struct Columns {
    id: Column,
    score: Option<Column>,
    day: Option<Column>,
    title: Option<Column>,
    original_title: Option<Column>,
    kind: Option<Column>,
    year: Option<Column>,
}

fn read(table: Table, now: OffsetDateTime) -> Result<ImportRows<PersonalRating>, ImportFileError> {
    let columns = Columns {
        id: table.column("const")?,
        score: table.any_column(&["yourrating", "yourated"])?,
        day: table.any_column(&["daterated", "created"])?,
        title: table.any_column(&["title"])?,
        original_title: table.any_column(&["originaltitle"])?,
        kind: table.any_column(&["titletype"])?,
        year: table.any_column(&["year"])?,
    };
    Ok(table.rows(move |row| made_of(row, &columns, now)))
}

fn made_of(
    row: &Row<'_>,
    columns: &Columns,
    now: OffsetDateTime,
) -> Result<Made<PersonalRating>, RowFault> {
    if columns.kind.as_ref().is_some_and(|kind| is_no_movie(row.text(kind))) {
        return Ok(Made::Nothing(SkipReason::NotAMovie));
    }
    let Some(score) = row.optional(&columns.score, Score::from_points)? else {
        return Ok(Made::Nothing(SkipReason::NotRated));
    };
    let movie = movie(row, columns, now)?;
    let rated_at = row.optional(&columns.day, day(now))?;
    Ok(Made::Value(PersonalRating { movie, score, review: None, rated_at }))
}

fn movie(
    row: &Row<'_>,
    columns: &Columns,
    now: OffsetDateTime,
) -> Result<MovieReference, RowFault> {
    let text = |column| row.optional(column, |raw| title(bare(raw)));
    let mut titles: Vec<_> = text(&columns.title)?.into_iter().collect();
    titles.extend(text(&columns.original_title)?.filter(|original| !titles.contains(original)));
    let id = row.optional(&Some(columns.id.clone()), ImdbId::parse)?;
    let year = row.optional(&columns.year, year(now))?;
    MovieReference::new(titles, year, ids(id, None)).map_err(|error| at(&columns.id, error))
}
