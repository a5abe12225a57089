//! Reads a file ahead, chunk by chunk, on a thread that may block.

use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use super::{ImportCatalogueError, ImportCounts, ImportObserver};
use crate::ports::{ImportFileError, ImportItem, ImportRows, ImportedRow, RowFault, RowProblem};

/// How many chunks wait to be stored.
const AHEAD: usize = 1;

/// A part of a file.
pub(super) struct Batch<R> {
    pub rows: Vec<R>,
    pub problems: Vec<RowProblem>,
    /// What it came to but for the rows to store.
    pub counts: ImportCounts,
    /// How many items of the file are behind when it ends.
    pub items: u64,
    /// Whether the file ends here, and why before its end.
    pub is_last: bool,
    pub failure: Option<ImportFileError>,
}

/// The parts of a file as they are read.
pub(super) struct Batches<R> {
    receiver: mpsc::Receiver<Batch<R>>,
    is_over: bool,
}

impl<R: Send + 'static> Batches<R> {
    /// Begins to read. `resolve` makes of a row what is stored.
    pub fn read<T: 'static>(
        rows: ImportRows<T>,
        size: usize,
        resolve: impl FnMut(ImportedRow<T>) -> Result<R, RowProblem> + Send + 'static,
    ) -> Self {
        let (sender, receiver) = mpsc::channel(AHEAD);
        let mut reader = Reader { rows, size, resolve, items: 0 };
        spawn_blocking(move || {
            loop {
                let batch = reader.next();
                let is_last = batch.is_last;
                if sender.blocking_send(batch).is_err() || is_last {
                    return;
                }
            }
        });
        Self { receiver, is_over: false }
    }

    /// The next part, whose problems were told to `observer`.
    pub async fn next(
        &mut self,
        observer: &mut dyn ImportObserver,
    ) -> Result<Option<Batch<R>>, ImportCatalogueError> {
        if self.is_over {
            return Ok(None);
        }
        let batch = self.receiver.recv().await.ok_or(ImportCatalogueError::ReaderGone)?;
        self.is_over = batch.is_last;
        for problem in &batch.problems {
            observer.problem(problem).map_err(ImportCatalogueError::Rejects)?;
        }
        Ok(Some(batch))
    }
}

struct Reader<T, F> {
    rows: ImportRows<T>,
    size: usize,
    resolve: F,
    items: u64,
}

impl<T, F> Reader<T, F> {
    fn next<R>(&mut self) -> Batch<R>
    where
        F: FnMut(ImportedRow<T>) -> Result<R, RowProblem>,
    {
        let mut batch = Batch {
            rows: Vec::new(),
            problems: Vec::new(),
            counts: ImportCounts::default(),
            items: 0,
            is_last: false,
            failure: None,
        };
        while batch.rows.len() < self.size && batch.problems.len() < self.size {
            match self.rows.next() {
                Some(Ok(item)) => self.take(item, &mut batch),
                Some(Err(failure)) => {
                    batch.failure = Some(failure);
                    batch.is_last = true;
                    break;
                }
                None => {
                    batch.is_last = true;
                    break;
                }
            }
        }
        batch.items = self.items;
        batch
    }

    fn take<R>(&mut self, item: ImportItem<T>, batch: &mut Batch<R>)
    where
        F: FnMut(ImportedRow<T>) -> Result<R, RowProblem>,
    {
        self.items += 1;
        let counts = &mut batch.counts;
        counts.read += 1;
        match item {
            ImportItem::Row(row) => match (self.resolve)(row) {
                Ok(row) => batch.rows.push(row),
                Err(problem) => {
                    counts.rejected += 1;
                    batch.problems.push(problem);
                }
            },
            ImportItem::Skipped(_) => counts.skipped += 1,
            ImportItem::Rejected(problem) => {
                counts.rejected += 1;
                batch.problems.push(problem);
            }
            ImportItem::Warning(problem) => {
                // The row itself comes next.
                counts.read -= 1;
                counts.warnings += 1;
                batch.problems.push(problem);
            }
        }
    }
}

/// A problem with a row that was read.
pub(super) fn problem<T>(row: &ImportedRow<T>, fault: RowFault) -> RowProblem {
    RowProblem { place: row.place.clone(), fault }
}
