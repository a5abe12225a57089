use reelmark_application::ports::{Cause, TableWriter, TableWriterError};

use crate::cells::harmless;

/// Writes tables as CSV, with cells that no spreadsheet runs.
#[derive(Clone, Copy, Debug, Default)]
pub struct CsvTables;

impl TableWriter for CsvTables {
    fn csv(&self, head: Vec<String>, rows: Vec<Vec<String>>) -> Result<String, TableWriterError> {
        write(&head, rows).map_err(TableWriterError)
    }
}

fn write(head: &[String], rows: Vec<Vec<String>>) -> Result<String, Cause> {
    let mut writer = csv::Writer::from_writer(vec![]);
    writer.write_record(head)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell).into_owned()))?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}
