use reelmark_application::ports::{Cause, ExportFileError, ExportTarget, RowSink};

use crate::cells::harmless;

/// A table that is being written.
pub(super) struct CsvSink<T, const WIDTH: usize> {
    writer: csv::Writer<ExportTarget>,
    cells: Cells<T, WIDTH>,
}

/// What a row of the table shows of a value.
pub(super) type Cells<T, const WIDTH: usize> = fn(&T) -> Result<[String; WIDTH], Cause>;

impl<T: Send + 'static, const WIDTH: usize> CsvSink<T, WIDTH> {
    /// Begins a table with its heading.
    pub fn boxed(
        target: ExportTarget,
        heading: &[&str; WIDTH],
        cells: Cells<T, WIDTH>,
    ) -> Result<Box<dyn RowSink<T>>, ExportFileError> {
        let mut writer = csv::Writer::from_writer(target);
        writer.write_record(heading).map_err(failed)?;
        Ok(Box::new(Self { writer, cells }))
    }
}

impl<T: Send + 'static, const WIDTH: usize> RowSink<T> for CsvSink<T, WIDTH> {
    fn write(&mut self, row: &T) -> Result<(), ExportFileError> {
        let cells = (self.cells)(row).map_err(ExportFileError)?;
        let cells = cells.each_ref().map(|cell| harmless(cell));
        self.writer.write_record(cells.iter().map(|cell| cell.as_bytes())).map_err(failed)
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportFileError> {
        self.writer.flush().map_err(failed)
    }
}

pub(super) fn failed(error: impl Into<Cause>) -> ExportFileError {
    ExportFileError(error.into())
}

/// The text of a value, or an empty cell.
pub(super) fn text<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
