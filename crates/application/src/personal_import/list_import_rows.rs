use reelmark_domain::{Caller, Cursor, CursorError, ImportId, Page, PageLimit, RowOutcome};
use thiserror::Error;

use super::ImportRow;
use super::list_imports::number_after;
use crate::ports::{ImportCounts, ListedImportRows, PersonalImportRepository, RepositoryError};

const LIST: &str = "import_rows";

/// Somebody wants to see what became of the rows of a file.
#[derive(Clone, Debug)]
pub struct ListImportRows {
    pub caller: Caller,
    pub id: ImportId,
    /// Rows with this outcome alone.
    pub outcome: Option<RowOutcome>,
    pub limit: PageLimit,
    pub cursor: Option<Cursor>,
    /// Whether to count the rows on all pages.
    pub with_total: bool,
}

/// Why rows are not shown.
#[derive(Debug, Error)]
pub enum ListImportRowsError {
    /// There is no such import, or it is somebody else's: the two are not told apart.
    #[error("there is no such import")]
    ImportNotFound,
    #[error(transparent)]
    Cursor(#[from] CursorError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    imports: &dyn PersonalImportRepository,
    query: ListImportRows,
) -> Result<Page<ImportRow>, ListImportRowsError> {
    let after = number_after(LIST, query.cursor.as_ref())?;
    let import = imports.find(query.caller.user_id.get(), query.id.get()).await?;
    let import = import.ok_or(ListImportRowsError::ImportNotFound)?;
    let list = ListedImportRows {
        import_id: import.id,
        outcome: query.outcome.map(String::from),
        after,
        limit: query.limit.get() + 1,
    };
    let records = imports.list_rows(list).await?;
    let items = records.into_iter().map(ImportRow::try_from).collect::<Result<Vec<_>, _>>()?;
    let mut page = Page::of(items, query.limit, |row: &ImportRow| {
        Cursor::new(LIST, &[&row.number.to_string()])
    });
    page.total = query.with_total.then(|| counted(&import.counts, query.outcome).unsigned_abs());
    Ok(page)
}

fn counted(counts: &ImportCounts, outcome: Option<RowOutcome>) -> i64 {
    match outcome {
        None => counts.total(),
        Some(RowOutcome::Imported) => counts.imported,
        Some(RowOutcome::Unchanged) => counts.unchanged,
        Some(RowOutcome::Ambiguous) => counts.ambiguous,
        Some(RowOutcome::Unmatched) => counts.unmatched,
        Some(RowOutcome::Invalid) => counts.invalid,
        Some(RowOutcome::Skipped) => counts.skipped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{ImportRowRecord, MockPersonalImportRepository, PersonalImportRecord};
    use crate::testing::{caller, import_record};
    use mockall::predicate::eq;
    use reelmark_domain::Role;

    fn query(outcome: Option<RowOutcome>) -> ListImportRows {
        ListImportRows {
            caller: caller(Role::Member),
            id: ImportId::parse(5).unwrap(),
            outcome,
            limit: PageLimit::parse(1).unwrap(),
            cursor: None,
            with_total: true,
        }
    }

    fn row(number: i64) -> ImportRowRecord {
        ImportRowRecord {
            number,
            place: format!("ratings.csv, line {}", number + 1),
            outcome: "ambiguous".into(),
            title: Some("Solaris".into()),
            release_year: None,
            score: Some(9),
            movie_id: None,
            confidence: None,
            candidates: Some(r#"[{"id":42,"title":"Solaris","release_year":1972}]"#.into()),
            reason: None,
        }
    }

    #[tokio::test]
    async fn pages_through_the_rows_and_counts_those_of_the_outcome() {
        let counts = ImportCounts { imported: 5, ambiguous: 2, ..ImportCounts::default() };
        let import = PersonalImportRecord { counts, ..import_record() };
        let mut imports = MockPersonalImportRepository::new();
        imports.expect_find().returning(move |_, _| Ok(Some(import.clone())));
        let outcome = Some("ambiguous".to_owned());
        let first = ListedImportRows { import_id: 5, outcome, after: None, limit: 2 };
        let second = ListedImportRows { after: Some(3), ..first.clone() };
        imports.expect_list_rows().with(eq(first)).returning(|_| Ok(vec![row(3), row(8)]));
        imports.expect_list_rows().with(eq(second)).returning(|_| Ok(vec![row(8)]));

        let asked = query(Some(RowOutcome::Ambiguous));
        let page = run(&imports, asked.clone()).await.unwrap();
        assert_eq!((page.items.len(), page.total), (1, Some(2)));
        assert_eq!(page.items[0].candidates[0].release_year, Some(1972));
        let page = run(&imports, ListImportRows { cursor: page.next, ..asked }).await.unwrap();
        assert_eq!((page.items[0].number, page.next), (8, None));
    }

    #[tokio::test]
    async fn shows_no_rows_of_somebody_elses_import() {
        let mut imports = MockPersonalImportRepository::new();
        imports.expect_find().with(eq(7), eq(5)).returning(|_, _| Ok(None));
        let refused = run(&imports, query(None)).await;
        assert!(matches!(refused, Err(ListImportRowsError::ImportNotFound)));
    }
}
