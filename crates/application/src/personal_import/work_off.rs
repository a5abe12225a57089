use std::io::Cursor;
use std::sync::Arc;

use time::Duration;
use tokio::task::spawn_blocking;

use super::findings::{Draft, findings};
use crate::ports::{
    Clock, ImportFileError, ImportHold, ImportItem, ImportProblem, ImportRows, MovieReader,
    OpenedRatings, PersonalFile, PersonalFormat, PersonalImportRecord, PersonalImportRepository,
    PersonalRating, PersonalRatingsFiles, PutImportRows, RepositoryError,
};

/// How many rows are stored in one transaction.
const CHUNK: usize = 250;

/// How many chunks are worked off before others get their turn.
const CHUNKS_AT_ONCE: usize = 20;

/// How long an import is left to whoever works on it and stores nothing, before another may take it
/// over.
pub(crate) const LEASE: Duration = Duration::seconds(30);

/// What it takes to import files.
pub struct Importing {
    pub imports: Arc<dyn PersonalImportRepository>,
    pub files: Arc<dyn PersonalRatingsFiles>,
    pub movies: Arc<dyn MovieReader>,
}

/// How far an import came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// There is nothing left to do, or it is somebody else's to do.
    Over,
    /// It was handed on.
    MoreToDo,
}

/// Works off some more rows of an import that the caller has claimed, behind those that have an
/// outcome already. Each chunk is stored as a whole, so whoever takes over where somebody broke off
/// reads the file again and goes on behind what is stored.
pub(crate) async fn work_off(
    importing: &Importing,
    clock: &dyn Clock,
    import: PersonalImportRecord,
) -> Result<Progress, RepositoryError> {
    let Importing { imports, files, movies } = importing;
    let hold = import.hold();
    let Some(content) = imports.content(hold).await? else {
        return Ok(Progress::Over);
    };
    let mut reading = match open(files.clone(), &import, content).await? {
        Ok(reading) => reading,
        Err(error) => return fail(&**imports, hold, &error, clock).await,
    };
    for _ in 0..CHUNKS_AT_ONCE {
        let (rest, chunk) = aside(move || reading.next_chunk()).await?;
        reading = rest;
        if !chunk.drafts.is_empty() {
            let rows = findings(&**movies, chunk.drafts).await?;
            let format = reading.format.name().to_owned();
            let rows = PutImportRows { hold, format, rows, now: clock.now() };
            if !imports.put_rows(rows).await? {
                return Ok(Progress::Over);
            }
        }
        match chunk.end {
            None => {}
            Some(Ok(())) => {
                imports.finish(hold, clock.now()).await?;
                return Ok(Progress::Over);
            }
            Some(Err(error)) => return fail(&**imports, hold, &error, clock).await,
        }
    }
    imports.hand_on(hold, clock.now()).await?;
    Ok(Progress::MoreToDo)
}

/// Opens the file and passes over the rows that have an outcome already.
async fn open(
    files: Arc<dyn PersonalRatingsFiles>,
    import: &PersonalImportRecord,
    content: Vec<u8>,
) -> Result<Result<Reading, ImportFileError>, RepositoryError> {
    let done = usize::try_from(import.counts.total()).unwrap_or(usize::MAX);
    let (name, content) = (import.file_name.clone(), Box::new(Cursor::new(content)));
    // The time at which it was handed in, so that every attempt reads the same.
    let file = PersonalFile { name, content, now: import.created_at };
    aside(move || Ok(Reading::new(files.open(file)?).behind(done))).await
}

/// Runs what reads and unpacks on a thread that may be busy for a while.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, RepositoryError> {
    spawn_blocking(work).await.map_err(|broke| RepositoryError::Corrupt(Box::new(broke)))
}

async fn fail(
    imports: &dyn PersonalImportRepository,
    hold: ImportHold,
    error: &ImportFileError,
    clock: &dyn Clock,
) -> Result<Progress, RepositoryError> {
    let problem = ImportProblem { code: error.fault.code().to_owned(), message: error.to_string() };
    imports.fail(hold, problem, clock.now()).await?;
    Ok(Progress::Over)
}

/// A file that is being read.
struct Reading {
    format: PersonalFormat,
    rows: ImportRows<PersonalRating>,
    /// The number of the last row.
    number: i64,
}

/// Some rows of it, and how it ended if it did.
struct Chunk {
    drafts: Vec<Draft>,
    end: Option<Result<(), ImportFileError>>,
}

impl Reading {
    fn new(opened: OpenedRatings) -> Self {
        Self { format: opened.format, rows: opened.rows, number: 0 }
    }

    fn behind(mut self, done: usize) -> Self {
        while self.number < i64::try_from(done).unwrap_or(i64::MAX) {
            if !matches!(self.next_draft(), Some(Ok(_))) {
                break;
            }
        }
        self
    }

    fn next_chunk(mut self) -> (Self, Chunk) {
        let mut drafts = Vec::with_capacity(CHUNK);
        while drafts.len() < CHUNK {
            let end = match self.next_draft() {
                Some(Ok(draft)) => {
                    drafts.push(draft);
                    continue;
                }
                Some(Err(error)) => Err(error),
                None => Ok(()),
            };
            return (self, Chunk { drafts, end: Some(end) });
        }
        (self, Chunk { drafts, end: None })
    }

    fn next_draft(&mut self) -> Option<Result<Draft, ImportFileError>> {
        let mut warning = None;
        loop {
            match self.rows.next()? {
                Err(error) => return Some(Err(error)),
                Ok(ImportItem::Warning(problem)) => warning = Some(problem.fault.to_string()),
                Ok(item) => {
                    self.number += 1;
                    return Some(Ok(Draft { number: self.number, item, warning }));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
