use std::io;

use reelmark_application::ports::FileFault;

/// What is wrong with a file, told by the error of any reader here: those that find a fault
/// themselves wrap it, and the others are decompressors.
pub(crate) fn fault_of(error: io::Error) -> FileFault {
    if error.get_ref().is_some_and(|inner| inner.is::<FileFault>()) {
        let inner = error.into_inner().and_then(|inner| inner.downcast().ok());
        return inner.map_or(FileFault::Damaged, |fault| *fault);
    }
    match error.kind() {
        io::ErrorKind::UnexpectedEof => FileFault::Truncated,
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => FileFault::Damaged,
        _ => FileFault::Unreadable(error.into()),
    }
}

/// The same for what the CSV reader says.
pub(crate) fn fault_of_csv(error: csv::Error) -> FileFault {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => fault_of(error),
        _ => FileFault::Malformed { expected: "table of rows and fields" },
    }
}
