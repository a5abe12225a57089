use reelmark_domain::{Action, Caller, FileName, Forbidden, UserId};
use thiserror::Error;

use super::PersonalImport;
use crate::ports::{Clock, InsertPersonalImport, PersonalImportRepository, RepositoryError};

/// How many imports somebody may have that are not finished.
pub const MAX_UNFINISHED: i64 = 3;

/// How many imports somebody may have.
pub const MAX_KEPT: i64 = 20;

/// How many rows of imports somebody may have before the next one. They are removed together with
/// the account, which must not take long.
pub const MAX_ROWS: i64 = 200_000;

/// Somebody hands in a file.
#[derive(Clone)]
pub struct RequestImport {
    pub caller: Caller,
    pub file_name: FileName,
    pub content: Vec<u8>,
    /// Whether they only want to know what would be.
    pub dry_run: bool,
}

/// Why a file is not taken.
#[derive(Debug, Error)]
pub enum RequestImportError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error("too many imports are not finished yet or still kept")]
    TooManyImports,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    imports: &dyn PersonalImportRepository,
    clock: &dyn Clock,
    command: RequestImport,
) -> Result<PersonalImport, RequestImportError> {
    command.caller.authorize(Action::RateMovie)?;
    let RequestImport { caller, file_name, content, dry_run } = command;
    let insert = insert(caller.user_id, file_name, content, dry_run, clock);
    let stored = imports.request(insert).await?.ok_or(RequestImportError::TooManyImports)?;
    Ok(PersonalImport::try_from(stored)?)
}

pub(super) fn insert(
    owner: UserId,
    file_name: FileName,
    content: Vec<u8>,
    dry_run: bool,
    clock: &dyn Clock,
) -> InsertPersonalImport {
    InsertPersonalImport {
        owner_id: owner.get(),
        dry_run,
        file_name: file_name.as_str().to_owned(),
        content,
        at: clock.now(),
        most_unfinished: MAX_UNFINISHED,
        most_kept: MAX_KEPT,
        most_rows: MAX_ROWS,
    }
}

/// The file is somebody's diary.
impl std::fmt::Debug for RequestImport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RequestImport")
            .field("caller", &self.caller)
            .field("bytes", &self.content.len())
            .field("dry_run", &self.dry_run)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MockPersonalImportRepository;
    use crate::testing::{NOW, caller, clock, import_record};
    use reelmark_domain::Role;

    fn command() -> RequestImport {
        RequestImport {
            caller: caller(Role::Member),
            file_name: FileName::of("ratings.csv"),
            content: b"Date,Name".to_vec(),
            dry_run: true,
        }
    }

    #[tokio::test]
    async fn stores_the_file_under_the_callers_name() {
        let expected = InsertPersonalImport {
            owner_id: 7,
            dry_run: true,
            file_name: "ratings.csv".into(),
            content: b"Date,Name".to_vec(),
            at: NOW,
            most_unfinished: 3,
            most_kept: 20,
            most_rows: 200_000,
        };
        let mut imports = MockPersonalImportRepository::new();
        let storing = imports.expect_request().withf(move |insert| *insert == expected);
        storing.once().returning(|_| Ok(Some(import_record())));
        let import = run(&imports, &clock(), command()).await.unwrap();
        assert_eq!(import.id.get(), 5);
    }

    #[tokio::test]
    async fn says_when_there_are_too_many() {
        let mut imports = MockPersonalImportRepository::new();
        imports.expect_request().returning(|_| Ok(None));
        let refused = run(&imports, &clock(), command()).await;
        assert!(matches!(refused, Err(RequestImportError::TooManyImports)));
    }
}
