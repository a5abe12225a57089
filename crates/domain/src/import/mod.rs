//! Ratings that somebody brings along in a file.

mod file_name;
mod import_status;
mod row_outcome;

pub use file_name::FileName;
pub use import_status::ImportStatus;
pub use row_outcome::RowOutcome;
