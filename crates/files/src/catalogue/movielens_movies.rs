//! `movies.csv` of MovieLens: `movieId,title,genres`. Titles have their year and other titles in
//! parentheses, articles behind them, and now and then entities of HTML.

use html_escape::decode_html_entities;
use reelmark_application::ports::{CatalogueMovie, ImportFileError, ImportRows, RowFault};
use reelmark_domain::{Countries, Directors, ExternalIds, MovieFacts, WrittenTitle};
use time::OffsetDateTime;

use crate::table::{Column, Dialect, Form, Made, Row, Table};
use crate::values::{further_titles, genres, movielens_id};

pub(super) const FORM: Form<super::adapter::Read<CatalogueMovie>> =
    Form { format: read, dialect: Dialect::Commas, columns: &["movieid", "title", "genres"] };

struct Columns {
    movie: Column,
    title: Column,
    genres: Option<Column>,
}

fn read(table: Table, now: OffsetDateTime) -> Result<ImportRows<CatalogueMovie>, ImportFileError> {
    let (movie, title) = (table.column("movieid")?, table.column("title")?);
    let columns = Columns { movie, title, genres: Some(table.column("genres")?) };
    Ok(table.rows(move |row| movie_in(row, &columns, now).map(Made::Value)))
}

fn movie_in(
    row: &Row<'_>,
    columns: &Columns,
    now: OffsetDateTime,
) -> Result<CatalogueMovie, RowFault> {
    let id = row.value(&columns.movie, movielens_id)?;
    let parse = |raw: &str| WrittenTitle::parse(&decode_html_entities(raw), now.year());
    let written = row.value(&columns.title, parse)?;
    let genres = row.optional(&columns.genres, |raw| genres(raw, '|'))?.unwrap_or_default();
    let facts = MovieFacts {
        title: written.title,
        original_title: None,
        alternative_titles: further_titles(written.alternatives),
        release_year: written.year,
        runtime: None,
        original_language: None,
        countries: Countries::default(),
        genres,
        directors: Directors::default(),
        synopsis: None,
        external_ids: ExternalIds { movielens: Some(id), ..ExternalIds::default() },
    };
    Ok(CatalogueMovie { number: Some(id.get()), facts })
}
