//! Tables in text: a heading, and rows of as many fields.

mod columns;
mod form;
mod row;
mod rows;
mod table;

pub(crate) use columns::Column;
pub(crate) use form::{Dialect, Form, recognise};
pub(crate) use row::{Row, at};
pub(crate) use rows::Made;
pub(crate) use table::Table;
