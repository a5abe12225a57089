//! Ratings that people bring along in files of other services: handed in, worked off behind the
//! scenes row by row, and taken back when they say so.

mod candidates;
mod findings;
mod import_at_once;
mod list_import_rows;
mod list_imports;
mod personal_import;
mod request_import;
mod service;
mod undo_import;
mod use_cases;
mod view_import;
mod work_off;

pub use import_at_once::{ImportAtOnce, ImportAtOnceError};
pub use list_import_rows::{ListImportRows, ListImportRowsError};
pub use list_imports::{ListImports, ListImportsError};
pub use personal_import::{ImportCandidate, ImportRow, PersonalImport};
pub use request_import::{MAX_KEPT, MAX_ROWS, MAX_UNFINISHED, RequestImport, RequestImportError};
pub use service::PersonalImportService;
pub use undo_import::{RemoveImportError, UndoImportError, Undone};
pub use use_cases::*;
pub use view_import::ViewImportError;
pub use work_off::Importing;

pub(crate) use candidates::Candidates;
pub(crate) use work_off::{LEASE, work_off};
