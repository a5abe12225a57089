use std::sync::Arc;

use reelmark_application::ports::{FileFault, ImportFileError, ImportRows};

/// The most rows that a person's file may have. Few people have seen 20,000 movies.
const MAX_ROWS: usize = 100_000;

/// Ends behind so many rows, right or wrong, since each of them has an outcome that is kept.
pub(super) fn bounded<T: 'static>(file: Arc<str>, rows: ImportRows<T>) -> ImportRows<T> {
    let too_many = move || {
        let fault = FileFault::TooManyRows { limit: MAX_ROWS };
        ImportFileError { file: file.clone(), position: None, fault }
    };
    let rows = rows.enumerate().take(MAX_ROWS + 1);
    Box::new(rows.map(move |(before, row)| match before < MAX_ROWS {
        true => row,
        false => Err(too_many()),
    }))
}
