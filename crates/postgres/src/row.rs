//! Between the primitives of records and those of rows.

use time::{Duration, OffsetDateTime, PrimitiveDateTime};
use tokio_postgres::types::FromSql;
use tokio_postgres::{Error, Row};

/// The cells of a row, one after the other. The reading code lists them in the order in which the
/// statement does; looking each of many rows' cells up by name takes longer than reading them.
pub(crate) struct Cells<'r> {
    row: &'r Row,
    next: usize,
}

impl<'r> Cells<'r> {
    pub(crate) fn of(row: &'r Row) -> Self {
        Self { row, next: 0 }
    }

    /// The next cell.
    pub(crate) fn take<T: FromSql<'r>>(&mut self) -> Result<T, Error> {
        let index = self.next;
        self.next += 1;
        self.row.try_get(index)
    }
}

/// The time so many microseconds after 1970, or the nearest that a row can hold.
pub(crate) fn time_at(micros: i64) -> OffsetDateTime {
    let latest = PrimitiveDateTime::MAX.assume_utc();
    OffsetDateTime::UNIX_EPOCH.checked_add(Duration::microseconds(micros.max(0))).unwrap_or(latest)
}

/// How many microseconds after 1970 a time is.
pub(crate) fn micros(time: OffsetDateTime) -> i64 {
    let micros = (time - OffsetDateTime::UNIX_EPOCH).whole_microseconds();
    i64::try_from(micros).unwrap_or(i64::MAX)
}

/// A number of rows as SQL counts them.
pub(crate) fn limited(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn microseconds_there_and_back_are_the_same() {
        for micros_since_1970 in [0, 1, 1_772_366_400_123_456] {
            assert_eq!(micros(time_at(micros_since_1970)), micros_since_1970);
        }
    }

    #[test]
    fn times_that_no_row_can_hold_become_the_nearest() {
        assert_eq!(time_at(i64::MIN), OffsetDateTime::UNIX_EPOCH);
        assert_eq!(time_at(i64::MAX).year(), 9999);
    }
}
