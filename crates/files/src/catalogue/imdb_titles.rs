//! `title.basics.tsv` of IMDb: every title there is, of which movies are few; `\N` for nothing,
//! and quotes that mean nothing.

use reelmark_application::ports::{
    CatalogueMovie, ImportFileError, ImportRows, RowFault, SkipReason,
};
use reelmark_domain::{
    AlternativeTitles, Countries, Directors, ImdbId, MovieFacts, Runtime, TitleKey,
};
use time::OffsetDateTime;

use crate::table::{Column, Dialect, Form, Made, Row, Table};
use crate::values::{genres, ids, number, title, year};

pub(super) const FORM: Form<super::adapter::Read<CatalogueMovie>> = Form {
    format: read,
    dialect: Dialect::Tabs,
    columns: &["tconst", "titletype", "primarytitle"],
};

const MOVIE_KINDS: [&str; 6] = ["movie", "short", "tvMovie", "tvShort", "tvSpecial", "video"];

struct Columns {
    id: Column,
    kind: Column,
    title: Column,
    original_title: Option<Column>,
    is_adult: Option<Column>,
    year: Option<Column>,
    runtime: Option<Column>,
    genres: Option<Column>,
}

fn read(table: Table, now: OffsetDateTime) -> Result<ImportRows<CatalogueMovie>, ImportFileError> {
    let columns = Columns {
        id: table.column("tconst")?,
        kind: table.column("titletype")?,
        title: table.column("primarytitle")?,
        original_title: Some(table.column("originaltitle")?),
        is_adult: table.any_column(&["isadult"])?,
        year: Some(table.column("startyear")?),
        runtime: Some(table.column("runtimeminutes")?),
        genres: Some(table.column("genres")?),
    };
    Ok(table.rows(move |row| made_of(row, &columns, now)))
}

fn made_of(
    row: &Row<'_>,
    columns: &Columns,
    now: OffsetDateTime,
) -> Result<Made<CatalogueMovie>, RowFault> {
    if !MOVIE_KINDS.contains(&row.text(&columns.kind)) {
        return Ok(Made::Nothing(SkipReason::NotAMovie));
    }
    if columns.is_adult.as_ref().is_some_and(|column| row.text(column) == "1") {
        return Ok(Made::Nothing(SkipReason::Adult));
    }
    let facts = facts(row, columns, now)?;
    Ok(Made::Value(CatalogueMovie { number: None, facts }))
}

fn facts(row: &Row<'_>, columns: &Columns, now: OffsetDateTime) -> Result<MovieFacts, RowFault> {
    let title_here = row.value(&columns.title, title)?;
    let key = TitleKey::of(title_here.as_str());
    let original = row.optional(&columns.original_title, title)?;
    Ok(MovieFacts {
        original_title: original.filter(|original| TitleKey::of(original.as_str()) != key),
        title: title_here,
        alternative_titles: AlternativeTitles::default(),
        release_year: row.optional(&columns.year, year(now))?,
        runtime: row.optional(&columns.runtime, |raw| Runtime::parse(number(raw)?))?,
        original_language: None,
        countries: Countries::default(),
        genres: row.optional(&columns.genres, |raw| genres(raw, ','))?.unwrap_or_default(),
        directors: Directors::default(),
        synopsis: None,
        external_ids: ids(Some(row.value(&columns.id, ImdbId::parse)?), None),
    })
}
