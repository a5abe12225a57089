use std::collections::VecDeque;

use reelmark_application::ports::{
    FileFault, ImportFileError, ImportItem, ImportRows, ImportedRow, Place, RowFault, RowProblem,
    SkipReason, SkippedRow,
};

use super::table::Next;
use super::{Row, Table};

/// What a reader makes of a row.
pub(crate) enum Made<T> {
    Value(T),
    /// A value, and what had to be left out of the row.
    Short(T, RowFault),
    Nothing(SkipReason),
}

/// The rows of a table as a reader makes them.
struct Rows<T, F> {
    table: Table,
    make: F,
    /// What comes next, since a warning and its row come from one row of the table.
    waiting: VecDeque<ImportItem<T>>,
    has_rows: bool,
    has_warned: bool,
    is_done: bool,
}

impl Table {
    /// Makes values of the rows; a table without any is an error.
    pub fn rows<T, F>(self, make: F) -> ImportRows<T>
    where
        T: Send + 'static,
        F: FnMut(&Row<'_>) -> Result<Made<T>, RowFault> + Send + 'static,
    {
        let waiting = VecDeque::new();
        let (has_rows, has_warned, is_done) = (false, false, false);
        Box::new(Rows { table: self, make, waiting, has_rows, has_warned, is_done })
    }
}

impl<T, F: FnMut(&Row<'_>) -> Result<Made<T>, RowFault>> Rows<T, F> {
    fn read_row(&mut self, is_utf8: bool) {
        self.has_rows = true;
        if !is_utf8 && !std::mem::replace(&mut self.has_warned, true) {
            self.warn(RowFault::NotUtf8);
        }
        let item = match self.made() {
            Ok(Made::Value(value)) => self.row(value),
            Ok(Made::Short(value, fault)) => {
                self.warn(fault);
                self.row(value)
            }
            Ok(Made::Nothing(reason)) => {
                ImportItem::Skipped(SkippedRow { place: self.place(), reason })
            }
            Err(fault) => ImportItem::Rejected(RowProblem { place: self.place(), fault }),
        };
        self.waiting.push_back(item);
    }

    fn made(&mut self) -> Result<Made<T>, RowFault> {
        let (expected, actual) = (self.table.width(), self.table.row().len());
        match expected == actual {
            true => (self.make)(&self.table.row()),
            false => Err(RowFault::FieldCount { expected, actual }),
        }
    }

    fn row(&self, value: T) -> ImportItem<T> {
        ImportItem::Row(ImportedRow { place: self.place(), value })
    }

    fn warn(&mut self, fault: RowFault) {
        let place = self.place();
        self.waiting.push_back(ImportItem::Warning(RowProblem { place, fault }));
    }

    fn place(&self) -> Place {
        Place { file: self.table.file(), position: self.table.position() }
    }

    fn end(&mut self, error: Option<ImportFileError>) -> Option<ImportFileError> {
        self.is_done = true;
        let has_nothing = error.is_none() && !self.has_rows;
        error.or_else(|| has_nothing.then(|| self.table.error(FileFault::NoRows)))
    }
}

impl<T, F: FnMut(&Row<'_>) -> Result<Made<T>, RowFault>> Iterator for Rows<T, F> {
    type Item = Result<ImportItem<T>, ImportFileError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.waiting.is_empty() && !self.is_done {
            match self.table.advance() {
                Ok(Next::Row { .. }) if self.table.row().is_blank() => {}
                Ok(Next::Row { is_utf8 }) => self.read_row(is_utf8),
                Ok(Next::End) => return self.end(None).map(Err),
                Err(error) => return self.end(Some(error)).map(Err),
            }
        }
        self.waiting.pop_front().map(Ok)
    }
}
