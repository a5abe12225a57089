//! Files that movies come from, that reports become, and tables that people take away.
//!
//! [`EmbeddedStarterCatalogue`] reads the movies that a new, empty store is filled with. They are
//! part of the program; `data/README.md` says where they come from. [`FileReportWriter`] writes
//! reports as CSV and as HTML. [`CsvTables`] writes what a user is handed out for a spreadsheet.
//!
//! Other services' files have one reader and one writer per format. [`ForeignCatalogueFiles`] reads
//! what a catalogue is filled from, [`ForeignRatingsFiles`] the ratings that people bring, and
//! [`PortableExportFiles`] writes what they take away. `input` unpacks and bounds what comes from
//! outside, `table` makes rows of it, and a format's own file says what a row means.
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
pub use input::SteadyFile;
pub use personal::ForeignRatingsFiles;
pub use report::FileReportWriter;
pub use starter_catalogue::EmbeddedStarterCatalogue;
