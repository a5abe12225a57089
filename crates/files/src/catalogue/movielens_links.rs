//! `links.csv` of MovieLens: `movieId,imdbId,tmdbId`, IMDb's without `tt`, either one empty.

use reelmark_application::ports::{CatalogueLink, ImportFileError, ImportRows};
use reelmark_domain::ImdbId;
use time::OffsetDateTime;

use crate::table::{Dialect, Form, Made, Table};
use crate::values::{movielens_id, tmdb_id, unless_zero};

pub(super) const FORM: Form<super::adapter::Read<CatalogueLink>> =
    Form { format: read, dialect: Dialect::Commas, columns: &["movieid", "imdbid", "tmdbid"] };

fn read(table: Table, _: OffsetDateTime) -> Result<ImportRows<CatalogueLink>, ImportFileError> {
    let movie = table.column("movieid")?;
    let (imdb, tmdb) = (Some(table.column("imdbid")?), Some(table.column("tmdbid")?));
    Ok(table.rows(move |row| {
        Ok(Made::Value(CatalogueLink {
            movie: row.value(&movie, movielens_id)?,
            imdb: row.optional(&imdb, unless_zero(ImdbId::from_number))?.flatten(),
            tmdb: row.optional(&tmdb, unless_zero(tmdb_id))?.flatten(),
        }))
    }))
}
