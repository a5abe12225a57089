use async_trait::async_trait;
use time::{Duration, OffsetDateTime};

use super::{
    ImportClaim, ImportHold, ImportProblem, ImportRowRecord, InsertPersonalImport,
    ListedImportRows, ListedImports, PersonalImportRecord, PutImportRows, RepositoryError,
    UndoRows,
};

/// Keeps the files that people bring along until they are read, and what became of every row.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait PersonalImportRepository: Send + Sync {
    /// Stores an import as `queued` with its file, and the outbox message `import_requested.v1` in
    /// the same transaction. `None`, and nothing is stored, when its owner would have more than
    /// `most_unfinished` imports that are `queued` or `running`, more than `most_kept` at all, has
    /// more than `most_rows` rows, or doesn't exist.
    ///
    /// MUST keep these bounds under concurrent requests of the same owner.
    async fn request(
        &self,
        import: InsertPersonalImport,
    ) -> Result<Option<PersonalImportRecord>, RepositoryError>;

    /// The import of this owner with this id, as last written.
    async fn find(
        &self,
        owner_id: i64,
        id: i64,
    ) -> Result<Option<PersonalImportRecord>, RepositoryError>;

    /// Somebody's imports, strictly behind `after`, by id descending.
    async fn list(&self, list: ListedImports)
    -> Result<Vec<PersonalImportRecord>, RepositoryError>;

    /// How many imports [`Self::list`] has on all pages.
    async fn count(&self, owner_id: i64) -> Result<u64, RepositoryError>;

    /// The rows of an import, strictly behind `after`, by number.
    async fn list_rows(
        &self,
        list: ListedImportRows,
    ) -> Result<Vec<ImportRowRecord>, RepositoryError>;

    /// Claims an import that is `queued`, or `running` with no row stored since `now - lease`; it
    /// is `running` from then on.
    ///
    /// MUST give it to one claimant alone when several try at once.
    async fn start(
        &self,
        id: i64,
        now: OffsetDateTime,
        lease: Duration,
    ) -> Result<ImportClaim, RepositoryError>;

    /// The file; `None` when the claim no longer holds.
    async fn content(&self, hold: ImportHold) -> Result<Option<Vec<u8>>, RepositoryError>;

    /// Stores rows with their outcomes, and the ratings among them as [`BroughtRating::merge`](super::BroughtRating::merge)
    /// decides, unless it is a dry run. Returns whether the claim still held; nothing is stored
    /// when it didn't.
    ///
    /// MUST be one transaction, so that a rating which was stored has a row, and a row what it
    /// replaced. MUST count the rows and renew the lease in it, and keep the promises of
    /// [`RatingRepository::put_all`](super::RatingRepository::put_all). A rating of a movie that
    /// isn't there makes the row `unmatched` with the reason [`MOVIE_GONE`](super::MOVIE_GONE); one that gives way
    /// makes it `unchanged` with the reason [`NEWER_HERE`](super::NEWER_HERE).
    async fn put_rows(&self, rows: PutImportRows) -> Result<bool, RepositoryError>;

    /// Makes an import `done` and removes its file. Returns whether the claim still held; nothing
    /// is stored when it didn't.
    async fn finish(&self, hold: ImportHold, at: OffsetDateTime) -> Result<bool, RepositoryError>;

    /// Makes an import `failed` and removes its file; what was stored before stays. Returns whether
    /// the claim still held; nothing is stored when it didn't.
    async fn fail(
        &self,
        hold: ImportHold,
        problem: ImportProblem,
        at: OffsetDateTime,
    ) -> Result<bool, RepositoryError>;

    /// Gives a claimed import back, so that it is `queued` again, with a new message
    /// `import_requested.v1` in the same transaction. Returns whether the claim still held; nothing
    /// is stored when it didn't.
    async fn hand_on(&self, hold: ImportHold, at: OffsetDateTime) -> Result<bool, RepositoryError>;

    /// Makes an import `undone`, whatever it was, and removes its file; nobody's claim on it holds
    /// any longer. `None` when this owner has no such import.
    async fn begin_undo(
        &self,
        owner_id: i64,
        id: i64,
        at: OffsetDateTime,
    ) -> Result<Option<PersonalImportRecord>, RepositoryError>;

    /// Takes back rows of an `undone` import that stored a rating and were not taken back yet, the
    /// last ones first. A rating that still is as the row left it becomes what it was before: the
    /// former score, review and times with a new version, or none at all, with `rating_changed.v2`.
    /// Any other stays, and so does a removed one. Returns the least number that was looked at, or
    /// `None` when there is nothing left to take back.
    ///
    /// MUST be one transaction, and count what it did.
    async fn undo_rows(&self, undo: UndoRows) -> Result<Option<i64>, RepositoryError>;

    /// Removes an import that is neither `queued` nor `running` with its rows, and leaves the
    /// ratings. Returns whether there was such an import.
    async fn remove(&self, owner_id: i64, id: i64) -> Result<bool, RepositoryError>;

    /// Removes up to `limit` imports that were requested before `before`, with their rows; returns
    /// how many.
    async fn prune(&self, before: OffsetDateTime, limit: usize) -> Result<usize, RepositoryError>;
}
