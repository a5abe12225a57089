//! Files that movies come from, that reports become, and tables that people take away.
//!
//! [`EmbeddedStarterCatalogue`] reads the movies that a new, empty store is filled with. They are
//! part of the program; `data/README.md` says where they come from. [`FileReportWriter`] writes
//! reports as CSV and as HTML. [`CsvTables`] writes what a user is handed out for a spreadsheet.
#![deny(missing_docs)]

mod catalogue;
mod cells;
mod csv_tables;
mod export;
mod input;
mod personal;
mod report;
mod starter_catalogue;
mod starter_row;
mod table;
mod values;

pub use catalogue::ForeignCatalogueFiles;
pub use csv_tables::CsvTables;
pub use export::PortableExportFiles;
pub use personal::ForeignRatingsFiles;
pub use report::FileReportWriter;
pub use starter_catalogue::EmbeddedStarterCatalogue;
