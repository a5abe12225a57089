//! From rows to values and back.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Result, Row};
use serde::Serialize;
use time::OffsetDateTime;

/// A point in time as it is stored: in microseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Micros(pub(crate) OffsetDateTime);

impl ToSql for Micros {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(micros(self.0).into())
    }
}

impl FromSql for Micros {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let nanos = i128::from(value.as_i64()?) * 1000;
        let at = OffsetDateTime::from_unix_timestamp_nanos(nanos).map_err(FromSqlError::other)?;
        Ok(Self(at))
    }
}

/// How many microseconds after 1970 a time is.
pub(crate) fn micros(time: OffsetDateTime) -> i64 {
    let micros = time.unix_timestamp_nanos().div_euclid(1000);
    i64::try_from(micros).unwrap_or(i64::MAX)
}

/// A list as one parameter, for SQL to unpack with `json_each`. Statements keep one constant text
/// that way, however long the list is.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        let text = serde_json::to_string(&self.0);
        let text = text.map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
        Ok(text.into())
    }
}

impl FromSql for Json<Vec<String>> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Self).map_err(FromSqlError::other)
    }
}

/// The cells of a row, one after the other. The reading code lists them in the order in which the
/// statement does, without numbers that could go wrong.
pub(crate) struct Cells<'r, 's> {
    row: &'r Row<'s>,
    next: usize,
}

impl<'r, 's> Cells<'r, 's> {
    pub(crate) fn of(row: &'r Row<'s>) -> Self {
        Self { row, next: 0 }
    }

    /// The next cell.
    pub(crate) fn take<T: FromSql>(&mut self) -> Result<T> {
        let index = self.next;
        self.next += 1;
        self.row.get(index)
    }

    /// The next cell, a point in time.
    pub(crate) fn time(&mut self) -> Result<OffsetDateTime> {
        self.take::<Micros>().map(|micros| micros.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::{Connection, params};
    use time::macros::datetime;

    #[test]
    fn times_are_read_back_to_the_microsecond() {
        let connection = Connection::open_in_memory().unwrap();
        let times = [
            datetime!(2026-03-01 12:00:00.123456 UTC),
            datetime!(1969-12-31 23:59:59.999999 UTC),
            OffsetDateTime::UNIX_EPOCH,
        ];
        for time in times {
            let read: Micros =
                connection.query_row("SELECT ?1", params![Micros(time)], |row| row.get(0)).unwrap();
            assert_eq!(read.0, time);
        }
    }

    #[test]
    fn a_time_out_of_range_is_an_error() {
        let connection = Connection::open_in_memory().unwrap();
        let read = connection.query_row("SELECT ?1", [i64::MAX], |row| row.get::<_, Micros>(0));
        assert!(read.is_err());
    }

    #[test]
    fn cells_are_taken_in_order() {
        let connection = Connection::open_in_memory().unwrap();
        let read = connection.query_row("SELECT 1, 'two', 3000000", [], |row| {
            let mut cells = Cells::of(row);
            Ok((cells.take::<i64>()?, cells.take::<String>()?, cells.time()?))
        });
        let three_seconds = OffsetDateTime::UNIX_EPOCH + time::Duration::seconds(3);
        assert_eq!(read, Ok((1, "two".to_owned(), three_seconds)));
    }
}
