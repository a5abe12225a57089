use std::io::Read;
use std::sync::Arc;

use csv::{ByteRecord, StringRecord};
use encoding_rs::WINDOWS_1252;
use reelmark_application::ports::{FileFault, ImportFileError, Position};

use super::columns::Columns;
use super::{Column, Dialect, Row};
use crate::input::{BoundedRows, MAX_ROW_BYTES, Text, fault_of_csv};

const BUFFER_BYTES: usize = 64 * 1024;

/// A table whose heading was read.
pub(crate) struct Table {
    file: Arc<str>,
    reader: csv::Reader<BoundedRows<Box<dyn Read + Send>>>,
    dialect: Dialect,
    columns: Columns,
    record: StringRecord,
    line: u64,
}

/// What reading one row comes to.
pub(super) enum Next {
    Row { is_utf8: bool },
    End,
}

impl Table {
    pub fn open(file: Arc<str>, text: Text, dialect: Dialect) -> Result<Self, ImportFileError> {
        let bounded = BoundedRows::new(text.into_reader(), MAX_ROW_BYTES);
        let reader = dialect.reader().buffer_capacity(BUFFER_BYTES).from_reader(bounded);
        let columns = Columns::new(&StringRecord::new());
        let record = StringRecord::new();
        let mut table = Self { file, reader, dialect, columns, record, line: 1 };
        while matches!(table.advance()?, Next::Row { .. }) && table.row().is_blank() {}
        table.columns = Columns::new(&table.record);
        Ok(table)
    }

    pub fn file(&self) -> Arc<str> {
        self.file.clone()
    }

    /// The column of this folded name, which has to be there.
    pub fn column(&self, name: &'static str) -> Result<Column, ImportFileError> {
        self.columns.get(name).map_err(|fault| self.error(fault))
    }

    /// The column of the first of these folded names that is there.
    pub fn any_column(&self, names: &[&'static str]) -> Result<Option<Column>, ImportFileError> {
        self.columns.find(names).map_err(|fault| self.error(fault))
    }

    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    pub(super) fn row(&self) -> Row<'_> {
        Row { record: &self.record, dialect: self.dialect }
    }

    /// The line on which the row begins.
    pub(super) fn position(&self) -> Position {
        Position::Line(self.line)
    }

    /// Reads the next row, which [`Self::row`] then is.
    pub(super) fn advance(&mut self) -> Result<Next, ImportFileError> {
        self.reader.get_mut().begin_row();
        let mut bytes = std::mem::take(&mut self.record).into_byte_record();
        match self.reader.read_byte_record(&mut bytes) {
            Ok(false) => Ok(Next::End),
            Ok(true) => {
                self.line = self.first_line(&bytes);
                Ok(self.keep(bytes))
            }
            Err(error) => Err(self.cut_short(fault_of_csv(error))),
        }
    }

    /// The reader's own position of a row lies before the blank lines in front of it.
    fn first_line(&self, bytes: &ByteRecord) -> u64 {
        let inside = bytes.as_slice().iter().filter(|byte| **byte == b'\n').count();
        let behind = u64::from(!self.reader.get_ref().is_at_end());
        self.reader.position().line().saturating_sub(inside as u64 + behind).max(1)
    }

    fn keep(&mut self, bytes: ByteRecord) -> Next {
        let decoded = StringRecord::from_byte_record(bytes);
        let is_utf8 = decoded.is_ok();
        self.record = decoded.unwrap_or_else(|error| in_windows_1252(&error.into_byte_record()));
        Next::Row { is_utf8 }
    }

    fn cut_short(&self, fault: FileFault) -> ImportFileError {
        let position = Some(Position::Line(self.reader.position().line()));
        ImportFileError { position, ..self.error(fault) }
    }

    pub(super) fn error(&self, fault: FileFault) -> ImportFileError {
        ImportFileError { file: self.file(), position: None, fault }
    }
}

/// Spreadsheets on Windows save in it, where é is one byte that no UTF-8 has. Every byte is a
/// character of it, so that nothing is lost.
fn in_windows_1252(bytes: &ByteRecord) -> StringRecord {
    let decode = |field| WINDOWS_1252.decode_without_bom_handling(field).0;
    bytes.iter().map(decode).collect()
}
