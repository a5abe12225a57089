//! Movies as this service exports them, or as a person lists them: `title` is the one column that
//! has to be there.

use reelmark_application::ports::{CatalogueMovie, ImportFileError, ImportRows, RowFault};
use reelmark_domain::{
    AlternativeTitles, Countries, Country, Directors, ExternalIds, ImdbId, Language, MovieFacts,
    PersonName, Runtime, Synopsis, ValueError,
};
use time::OffsetDateTime;

use crate::cells::bare;
use crate::table::{Column, Dialect, Form, Made, Row, Table};
use crate::values::{counter, genres, movielens_id, number, title, tmdb_id, year};

pub(super) const FORM: Form<super::adapter::Read<CatalogueMovie>> =
    Form { format: read, dialect: Dialect::Commas, columns: &["title"] };

struct Columns {
    id: Option<Column>,
    imdb: Option<Column>,
    tmdb: Option<Column>,
    movielens: Option<Column>,
    title: Column,
    original_title: Option<Column>,
    alternative_titles: Option<Column>,
    year: Option<Column>,
    runtime: Option<Column>,
    language: Option<Column>,
    countries: Option<Column>,
    genres: Option<Column>,
    directors: Option<Column>,
    synopsis: Option<Column>,
}

fn read(table: Table, now: OffsetDateTime) -> Result<ImportRows<CatalogueMovie>, ImportFileError> {
    let columns = Columns {
        id: table.any_column(&["id"])?,
        imdb: table.any_column(&["imdbid"])?,
        tmdb: table.any_column(&["tmdbid"])?,
        movielens: table.any_column(&["movielensid"])?,
        title: table.column("title")?,
        original_title: table.any_column(&["originaltitle"])?,
        alternative_titles: table.any_column(&["alternativetitles"])?,
        year: table.any_column(&["year", "releaseyear"])?,
        runtime: table.any_column(&["runtimeminutes", "runtimemin", "runtime"])?,
        language: table.any_column(&["originallanguage", "language"])?,
        countries: table.any_column(&["countries", "country"])?,
        genres: table.any_column(&["genres"])?,
        directors: table.any_column(&["directors"])?,
        synopsis: table.any_column(&["synopsis"])?,
    };
    Ok(table.rows(move |row| movie_in(row, &columns, now).map(Made::Value)))
}

fn movie_in(
    row: &Row<'_>,
    columns: &Columns,
    now: OffsetDateTime,
) -> Result<CatalogueMovie, RowFault> {
    let facts = MovieFacts {
        title: row.value(&columns.title, |raw| title(bare(raw)))?,
        original_title: row.optional(&columns.original_title, |raw| title(bare(raw)))?,
        alternative_titles: row.optional(&columns.alternative_titles, titles)?.unwrap_or_default(),
        release_year: row.optional(&columns.year, year(now))?,
        runtime: row.optional(&columns.runtime, |raw| Runtime::parse(number(raw)?))?,
        original_language: row.optional(&columns.language, |raw| Language::parse(bare(raw)))?,
        countries: row.optional(&columns.countries, countries)?.unwrap_or_default(),
        genres: row.optional(&columns.genres, |raw| genres(bare(raw), '|'))?.unwrap_or_default(),
        directors: row.optional(&columns.directors, directors)?.unwrap_or_default(),
        synopsis: row.optional(&columns.synopsis, |raw| Synopsis::parse(bare(raw)))?,
        external_ids: ExternalIds {
            imdb: row.optional(&columns.imdb, ImdbId::from_number)?,
            tmdb: row.optional(&columns.tmdb, tmdb_id)?,
            movielens: row.optional(&columns.movielens, movielens_id)?,
        },
    };
    let number = row.optional(&columns.id, counter)?;
    Ok(CatalogueMovie { number, facts })
}

fn directors(raw: &str) -> Result<Directors, ValueError> {
    Directors::new(items(raw).map(PersonName::parse).collect::<Result<_, _>>()?)
}

fn titles(raw: &str) -> Result<AlternativeTitles, ValueError> {
    AlternativeTitles::new(items(raw).map(title).collect::<Result<_, _>>()?)
}

fn countries(raw: &str) -> Result<Countries, ValueError> {
    Countries::new(items(raw).map(Country::parse).collect::<Result<_, _>>()?)
}

fn items(raw: &str) -> impl Iterator<Item = &str> {
    bare(raw).split('|').map(str::trim).filter(|item| !item.is_empty())
}
