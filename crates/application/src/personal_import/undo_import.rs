use reelmark_domain::{Caller, ImportId};
use thiserror::Error;

use crate::ports::{Clock, PersonalImportRepository, RepositoryError, UndoCounts, UndoRows};

/// How many rows are taken back in one transaction.
const CHUNK: usize = 250;

/// How many ratings of an import were taken back, and how many stay because they were changed
/// since.
pub type Undone = UndoCounts;

/// Why an import is not taken back.
#[derive(Debug, Error)]
pub enum UndoImportError {
    /// There is no such import, or it is somebody else's: the two are not told apart.
    #[error("there is no such import")]
    ImportNotFound,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// Why an import is not removed.
#[derive(Debug, Error)]
pub enum RemoveImportError {
    /// There is no such import, or it is somebody else's: the two are not told apart.
    #[error("there is no such import")]
    ImportNotFound,
    #[error("the import is under way")]
    Unfinished,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// Whoever works on the import loses it first, so that nothing is added behind our back. Asking
/// again goes on where it was broken off, and says what all of it came to.
pub(super) async fn run(
    imports: &dyn PersonalImportRepository,
    clock: &dyn Clock,
    caller: Caller,
    id: ImportId,
) -> Result<Undone, UndoImportError> {
    let (owner_id, at) = (caller.user_id.get(), clock.now());
    let begun = imports.begin_undo(owner_id, id.get(), at).await?;
    let import = begun.ok_or(UndoImportError::ImportNotFound)?;
    if import.dry_run {
        return Ok(Undone::default());
    }
    let mut next = UndoRows { import_id: import.id, before: None, limit: CHUNK, at };
    while let Some(least) = imports.undo_rows(next).await? {
        next.before = Some(least);
    }
    let import = imports.find(owner_id, id.get()).await?;
    Ok(import.ok_or(UndoImportError::ImportNotFound)?.undone)
}

/// Forgets an import and leaves the ratings as they are.
pub(super) async fn remove(
    imports: &dyn PersonalImportRepository,
    caller: Caller,
    id: ImportId,
) -> Result<Undone, RemoveImportError> {
    let (owner_id, id) = (caller.user_id.get(), id.get());
    let import = imports.find(owner_id, id).await?;
    let import = import.ok_or(RemoveImportError::ImportNotFound)?;
    if !imports.remove(owner_id, id).await? {
        return Err(RemoveImportError::Unfinished);
    }
    let stored = if import.dry_run { 0 } else { import.counts.imported };
    Ok(Undone { reverted: 0, kept: stored - import.undone.reverted })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockPersonalImportRepository, PersonalImportRecord};
    use crate::testing::{NOW, caller, clock, import_record};
    use mockall::predicate::eq;
    use reelmark_domain::Role;

    async fn undo(imports: &MockPersonalImportRepository) -> Result<Undone, UndoImportError> {
        run(imports, &clock(), caller(Role::Member), ImportId::parse(5).unwrap()).await
    }

    fn rows(before: Option<i64>) -> UndoRows {
        UndoRows { import_id: 5, before, limit: CHUNK, at: NOW }
    }

    #[tokio::test]
    async fn takes_back_all_rows_and_says_what_it_came_to() {
        let mut imports = MockPersonalImportRepository::new();
        let begun = imports.expect_begin_undo().with(eq(7), eq(5), eq(NOW));
        begun.once().returning(|_, _, _| Ok(Some(import_record())));
        imports.expect_undo_rows().with(eq(rows(None))).once().returning(|_| Ok(Some(31)));
        imports.expect_undo_rows().with(eq(rows(Some(31)))).once().returning(|_| Ok(None));
        let undone = UndoCounts { reverted: 30, kept: 2 };
        imports
            .expect_find()
            .returning(move |_, _| Ok(Some(PersonalImportRecord { undone, ..import_record() })));
        assert_eq!(undo(&imports).await.unwrap(), undone);
    }

    #[tokio::test]
    async fn a_dry_run_has_nothing_to_take_back() {
        let mut imports = MockPersonalImportRepository::new();
        imports.expect_begin_undo().returning(|_, _, _| {
            Ok(Some(PersonalImportRecord { dry_run: true, ..import_record() }))
        });
        assert_eq!(undo(&imports).await.unwrap(), Undone::default());
    }

    #[tokio::test]
    async fn somebody_elses_import_is_not_there() {
        let mut imports = MockPersonalImportRepository::new();
        imports.expect_begin_undo().returning(|_, _, _| Ok(None));
        assert!(matches!(undo(&imports).await, Err(UndoImportError::ImportNotFound)));
    }

    #[tokio::test]
    async fn an_import_that_is_under_way_is_not_removed() {
        let mut imports = MockPersonalImportRepository::new();
        imports.expect_remove().returning(|_, _| Ok(false));
        imports.expect_find().returning(|_, _| Ok(Some(import_record())));
        let refused = remove(&imports, caller(Role::Member), ImportId::parse(5).unwrap()).await;
        assert!(matches!(refused, Err(RemoveImportError::Unfinished)));
    }
}
