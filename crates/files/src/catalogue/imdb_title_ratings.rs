//! `title.ratings.tsv` of IMDb: `tconst`, `averageRating` with one decimal, `numVotes`.

use reelmark_application::ports::{ImdbTitleRating, ImportFileError, ImportRows};
use reelmark_domain::{ImdbId, ValueError};
use time::OffsetDateTime;

use crate::table::{Dialect, Form, Made, Table};
use crate::values::number;

pub(super) const FORM: Form<super::adapter::Read<ImdbTitleRating>> = Form {
    format: read,
    dialect: Dialect::Tabs,
    columns: &["tconst", "averagerating", "numvotes"],
};

fn read(table: Table, _: OffsetDateTime) -> Result<ImportRows<ImdbTitleRating>, ImportFileError> {
    let (id, mean) = (table.column("tconst")?, table.column("averagerating")?);
    let votes = table.column("numvotes")?;
    Ok(table.rows(move |row| {
        Ok(Made::Value(ImdbTitleRating {
            title: row.value(&id, ImdbId::parse)?,
            mean_tenths: row.value(&mean, tenths)?,
            votes: row.value(&votes, count)?,
        }))
    }))
}

fn tenths(raw: &str) -> Result<u8, ValueError> {
    let (whole, tenth) = raw.split_once('.').unwrap_or((raw, "0"));
    let tenths = match (whole.parse::<u8>(), tenth.parse::<u8>()) {
        (Ok(whole), Ok(tenth @ 0..=9)) => whole.checked_mul(10).map(|tens| tens + tenth),
        _ => None,
    };
    let malformed = ValueError::Malformed { expected: "a mean from 1.0 to 10.0" };
    tenths.filter(|tenths| (10..=100).contains(tenths)).ok_or(malformed)
}

fn count(raw: &str) -> Result<u32, ValueError> {
    let actual = number(raw)?;
    let max = i64::from(u32::MAX);
    u32::try_from(actual).map_err(|_| ValueError::OutOfRange { min: 0, max, actual })
}
