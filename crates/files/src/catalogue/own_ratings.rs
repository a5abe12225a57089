//! The ratings of an instance as it exports them; movies by their numbers there.

use reelmark_application::ports::{CatalogueRating, ImportFileError, ImportRows};
use reelmark_domain::{RatedAt, Score};
use time::OffsetDateTime;

use crate::table::{Dialect, Form, Made, Table};
use crate::values::counter;

pub(super) const FORM: Form<super::adapter::Read<CatalogueRating>> =
    Form { format: read, dialect: Dialect::Commas, columns: &["userid", "movieid", "score"] };

fn read(table: Table, now: OffsetDateTime) -> Result<ImportRows<CatalogueRating>, ImportFileError> {
    let (rater, movie) = (table.column("userid")?, table.column("movieid")?);
    let (score, time) = (table.column("score")?, table.column("createdat")?);
    Ok(table.rows(move |row| {
        Ok(Made::Value(CatalogueRating {
            rater: row.value(&rater, counter)?,
            movie: row.value(&movie, counter)?,
            score: row.value(&score, Score::from_points)?,
            rated_at: row.value(&time, |raw| RatedAt::from_rfc3339(raw, now))?,
        }))
    }))
}
