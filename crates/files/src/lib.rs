//! Files that movies come from, and tables that people take away.
//!
//! [`EmbeddedStarterCatalogue`] reads the movies that a new, empty store is filled with. They are
//! part of the program; `data/README.md` says where they come from.
//! [`CsvTables`] writes what a user is handed out for a spreadsheet.
#![deny(missing_docs)]

mod csv_tables;
mod starter_catalogue;
mod starter_row;

pub use csv_tables::CsvTables;
pub use starter_catalogue::EmbeddedStarterCatalogue;
