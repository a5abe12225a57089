use reelmark_application::ports::{Cause, TableWriter, TableWriterError};

/// What makes spreadsheets take a cell for a formula.
const BEGINS_FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

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
        writer.write_record(row.into_iter().map(harmless))?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// The apostrophe tells a spreadsheet that the rest is text (OWASP, "CSV injection").
fn harmless(cell: String) -> String {
    if cell.starts_with(BEGINS_FORMULA) { format!("'{cell}") } else { cell }
}
