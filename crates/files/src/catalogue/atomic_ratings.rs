//! The atomic `.inter` file of ml-100k: whole stars, and movies by the numbers of that set alone.

use reelmark_application::ports::{CatalogueRating, ImportFileError, ImportRows};
use reelmark_domain::{RatedAt, Score};
use time::OffsetDateTime;

use crate::table::{Dialect, Form, Made, Table};
use crate::values::counter;

pub(super) const FORM: Form<super::adapter::Read<CatalogueRating>> = Form {
    format: read,
    dialect: Dialect::Tabs,
    columns: &["useridtoken", "itemidtoken", "ratingfloat"],
};

fn read(table: Table, now: OffsetDateTime) -> Result<ImportRows<CatalogueRating>, ImportFileError> {
    let (rater, movie) = (table.column("useridtoken")?, table.column("itemidtoken")?);
    let (stars, time) = (table.column("ratingfloat")?, table.column("timestampfloat")?);
    Ok(table.rows(move |row| {
        Ok(Made::Value(CatalogueRating {
            rater: row.value(&rater, counter)?,
            movie: row.value(&movie, counter)?,
            score: row.value(&stars, Score::from_stars)?,
            rated_at: row.value(&time, |raw| RatedAt::from_unix_seconds(raw, now))?,
        }))
    }))
}
