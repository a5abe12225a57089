use reelmark_domain::{Caller, ImportId};
use thiserror::Error;

use super::PersonalImport;
use crate::ports::{PersonalImportRepository, RepositoryError};

/// Why an import is not shown.
#[derive(Debug, Error)]
pub enum ViewImportError {
    /// There is no such import, or it is somebody else's: the two are not told apart.
    #[error("there is no such import")]
    ImportNotFound,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    imports: &dyn PersonalImportRepository,
    caller: Caller,
    id: ImportId,
) -> Result<PersonalImport, ViewImportError> {
    let found = imports.find(caller.user_id.get(), id.get()).await?;
    let found = found.ok_or(ViewImportError::ImportNotFound)?;
    Ok(PersonalImport::try_from(found)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MockPersonalImportRepository;
    use crate::testing::{caller, import_record};
    use mockall::predicate::eq;
    use reelmark_domain::{ImportStatus, Role};

    #[tokio::test]
    async fn shows_the_callers_own_alone() {
        let mut imports = MockPersonalImportRepository::new();
        imports.expect_find().with(eq(7), eq(5)).returning(|_, _| Ok(Some(import_record())));
        imports.expect_find().with(eq(7), eq(6)).returning(|_, _| Ok(None));
        let view =
            async |id| run(&imports, caller(Role::Admin), ImportId::parse(id).unwrap()).await;
        assert_eq!(view(5).await.unwrap().status, ImportStatus::Queued);
        assert!(matches!(view(6).await, Err(ViewImportError::ImportNotFound)));
    }
}
