//! Bytes that come from outside: unpacked, bounded, and known to be text.

mod archive;
mod bounded_rows;
mod capped;
mod fault;
mod json_entries;
mod steady_file;
mod text;

pub(crate) use archive::{Archive, is_archive};
pub(crate) use bounded_rows::BoundedRows;
pub(crate) use fault::{fault_of, fault_of_csv};
pub(crate) use json_entries::JsonEntries;
pub use steady_file::SteadyFile;
pub(crate) use text::Text;

/// The longest row that is read, in bytes.
pub(crate) const MAX_ROW_BYTES: usize = 1 << 20;

/// The most bytes that are read of a person's file, unpacked, and all files of an archive together.
pub(crate) const MAX_PERSONAL_BYTES: u64 = 64 << 20;
