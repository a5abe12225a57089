use reelmark_domain::{Caller, Cursor, CursorError, Page, PageLimit};
use thiserror::Error;

use super::PersonalImport;
use crate::ports::{ListedImports, PersonalImportRepository, RepositoryError};

const LIST: &str = "imports";

/// Somebody wants to see what they have imported.
#[derive(Clone, Debug)]
pub struct ListImports {
    pub caller: Caller,
    pub limit: PageLimit,
    pub cursor: Option<Cursor>,
    /// Whether to count the imports on all pages.
    pub with_total: bool,
}

/// Why somebody's imports are not shown.
#[derive(Debug, Error)]
pub enum ListImportsError {
    #[error(transparent)]
    Cursor(#[from] CursorError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    imports: &dyn PersonalImportRepository,
    query: ListImports,
) -> Result<Page<PersonalImport>, ListImportsError> {
    let owner_id = query.caller.user_id.get();
    let after = number_after(LIST, query.cursor.as_ref())?;
    let list = ListedImports { owner_id, after, limit: query.limit.get() + 1 };
    let records = imports.list(list).await?;
    let items = records.into_iter().map(PersonalImport::try_from).collect::<Result<Vec<_>, _>>()?;
    let mut page = Page::of(items, query.limit, |import: &PersonalImport| {
        Cursor::new(LIST, &[&import.id.to_string()])
    });
    if query.with_total {
        page.total = Some(imports.count(owner_id).await?);
    }
    Ok(page)
}

/// The one number that a cursor of this list holds.
pub(super) fn number_after(
    list: &str,
    cursor: Option<&Cursor>,
) -> Result<Option<i64>, CursorError> {
    let Some(cursor) = cursor else {
        return Ok(None);
    };
    let [number] = cursor.keys(list)?;
    Cursor::read(number).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockPersonalImportRepository, PersonalImportRecord};
    use crate::testing::{caller, import_record};
    use mockall::predicate::eq;
    use reelmark_domain::Role;

    fn query(cursor: Option<Cursor>, with_total: bool) -> ListImports {
        let limit = PageLimit::parse(1).unwrap();
        ListImports { caller: caller(Role::Member), limit, cursor, with_total }
    }

    #[tokio::test]
    async fn goes_on_behind_the_last_import_of_a_page() {
        let mut imports = MockPersonalImportRepository::new();
        let first = ListedImports { owner_id: 7, after: None, limit: 2 };
        let two = [6, 5].map(|id| PersonalImportRecord { id, ..import_record() });
        imports.expect_list().with(eq(first)).returning(move |_| Ok(two.to_vec()));
        let second = ListedImports { after: Some(6), ..first };
        imports.expect_list().with(eq(second)).returning(|_| Ok(vec![import_record()]));
        imports.expect_count().with(eq(7)).returning(|_| Ok(2));

        let page = run(&imports, query(None, true)).await.unwrap();
        assert_eq!((page.items.len(), page.items[0].id.get(), page.total), (1, 6, Some(2)));
        let page = run(&imports, query(page.next, false)).await.unwrap();
        assert_eq!((page.items[0].id.get(), page.next, page.total), (5, None, None));
    }

    #[tokio::test]
    async fn refuses_the_cursor_of_another_list() {
        let cursor = Some(Cursor::new("movies", &["6"]));
        let refused = run(&MockPersonalImportRepository::new(), query(cursor, false)).await;
        assert!(matches!(refused, Err(ListImportsError::Cursor(_))));
    }
}
