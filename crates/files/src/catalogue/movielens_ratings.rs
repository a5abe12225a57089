//! `ratings.csv` of MovieLens: `userId,movieId,rating,timestamp`, half stars, seconds since 1970.

use reelmark_application::ports::{CatalogueRating, ImportFileError, ImportRows};
use reelmark_domain::{RatedAt, Score};
use time::OffsetDateTime;

use crate::table::{Dialect, Form, Made, Table};
use crate::values::{counter, movielens_id};

pub(super) const FORM: Form<super::adapter::Read<CatalogueRating>> =
    Form { format: read, dialect: Dialect::Commas, columns: &["userid", "movieid", "rating"] };

fn read(table: Table, now: OffsetDateTime) -> Result<ImportRows<CatalogueRating>, ImportFileError> {
    let (rater, movie) = (table.column("userid")?, table.column("movieid")?);
    let (stars, time) = (table.column("rating")?, table.column("timestamp")?);
    Ok(table.rows(move |row| {
        Ok(Made::Value(CatalogueRating {
            rater: row.value(&rater, counter)?,
            movie: row.value(&movie, movielens_id)?.get(),
            score: row.value(&stars, Score::from_stars)?,
            rated_at: row.value(&time, |raw| RatedAt::from_unix_seconds(raw, now))?,
        }))
    }))
}
