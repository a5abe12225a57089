use csv::StringRecord;
use reelmark_application::ports::RowFault;
use reelmark_domain::ValueError;

use super::{Column, Dialect};

/// What IMDb's dumps write for nothing.
const NOTHING: &str = "\\N";

/// One row of a table, whose fields are as many as its columns.
pub(crate) struct Row<'a> {
    pub(super) record: &'a StringRecord,
    pub(super) dialect: Dialect,
}

impl Row<'_> {
    pub(super) fn len(&self) -> usize {
        self.record.len()
    }

    /// Whether the line holds nothing.
    pub(super) fn is_blank(&self) -> bool {
        self.record.len() == 1 && self.record.iter().all(|field| field.trim().is_empty())
    }

    /// The trimmed text of a field.
    pub fn text(&self, column: &Column) -> &str {
        self.record.get(column.index).unwrap_or_default().trim()
    }

    /// The value of a field that has to be there.
    pub fn value<T>(
        &self,
        column: &Column,
        parse: impl FnOnce(&str) -> Result<T, ValueError>,
    ) -> Result<T, RowFault> {
        let text = self.present(column).ok_or(ValueError::Blank);
        text.and_then(parse).map_err(|error| at(column, error))
    }

    /// The value of a field that may be empty, in a column that may be missing.
    pub fn optional<T>(
        &self,
        column: &Option<Column>,
        parse: impl FnOnce(&str) -> Result<T, ValueError>,
    ) -> Result<Option<T>, RowFault> {
        let field = column.as_ref().and_then(|column| Some((column, self.present(column)?)));
        let value = field.map(|(column, text)| parse(text).map_err(|error| at(column, error)));
        value.transpose()
    }

    fn present(&self, column: &Column) -> Option<&str> {
        let is_nothing = |text: &str| self.dialect == Dialect::Tabs && text == NOTHING;
        Some(self.text(column)).filter(|text| !text.is_empty() && !is_nothing(text))
    }
}

/// A broken rule of a field.
pub(crate) fn at(column: &Column, error: ValueError) -> RowFault {
    RowFault::Field { field: column.name.clone().into(), error }
}
