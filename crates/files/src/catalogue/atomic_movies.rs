//! The atomic `.item` file of ml-100k: the year in a column of its own, genres separated by
//! blanks, and numbers that other sets of MovieLens give to other movies.

use reelmark_application::ports::{CatalogueMovie, ImportFileError, ImportRows, RowFault};
use reelmark_domain::{Countries, Directors, ExternalIds, MovieFacts, ReleaseYear, WrittenTitle};
use time::OffsetDateTime;

use crate::table::{Column, Dialect, Form, Made, Row, Table};
use crate::values::{counter, further_titles, genres, year};

pub(super) const FORM: Form<super::adapter::Read<CatalogueMovie>> = Form {
    format: read,
    dialect: Dialect::Tabs,
    columns: &["itemidtoken", "movietitletokenseq", "classtokenseq"],
};

struct Columns {
    item: Column,
    title: Column,
    year: Option<Column>,
    genres: Option<Column>,
}

fn read(table: Table, now: OffsetDateTime) -> Result<ImportRows<CatalogueMovie>, ImportFileError> {
    let columns = Columns {
        item: table.column("itemidtoken")?,
        title: table.column("movietitletokenseq")?,
        year: table.any_column(&["releaseyeartoken"])?,
        genres: Some(table.column("classtokenseq")?),
    };
    Ok(table.rows(move |row| made_of(row, &columns, now)))
}

/// The column of years has a few words in it; such a movie is taken without.
fn made_of(
    row: &Row<'_>,
    columns: &Columns,
    now: OffsetDateTime,
) -> Result<Made<CatalogueMovie>, RowFault> {
    match row.optional(&columns.year, year(now)) {
        Ok(year) => movie_in(row, columns, year, now).map(Made::Value),
        Err(fault) => Ok(Made::Short(movie_in(row, columns, None, now)?, fault)),
    }
}

fn movie_in(
    row: &Row<'_>,
    columns: &Columns,
    year: Option<ReleaseYear>,
    now: OffsetDateTime,
) -> Result<CatalogueMovie, RowFault> {
    let number = row.value(&columns.item, counter)?;
    let written = row.value(&columns.title, |raw| WrittenTitle::parse(raw, now.year()))?;
    let release_year = year.or(written.year);
    let genres = row.optional(&columns.genres, |raw| genres(raw, ' '))?.unwrap_or_default();
    let facts = MovieFacts {
        title: written.title,
        original_title: None,
        alternative_titles: further_titles(written.alternatives),
        release_year,
        runtime: None,
        original_language: None,
        countries: Countries::default(),
        genres,
        directors: Directors::default(),
        synopsis: None,
        external_ids: ExternalIds::default(),
    };
    Ok(CatalogueMovie { number: Some(number), facts })
}
