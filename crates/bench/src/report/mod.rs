//! What was found, as a table and as a document.

mod document;
mod finding;
mod machine;
mod table;

pub use self::document::document;
pub use self::finding::{Bar, Finding};
pub use self::table::table;
