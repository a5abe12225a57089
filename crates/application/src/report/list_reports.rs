use reelmark_domain::{Caller, Cursor, CursorError, Page, PageLimit};
use thiserror::Error;

use super::Report;
use crate::ports::{ListedReports, ReportRepository, RepositoryError};

const LIST: &str = "reports";

/// Somebody wants to see which reports they asked for.
#[derive(Clone, Debug)]
pub struct ListReports {
    pub caller: Caller,
    pub limit: PageLimit,
    pub cursor: Option<Cursor>,
    /// Whether to count the reports on all pages.
    pub with_total: bool,
}

/// Why somebody's reports are not shown.
#[derive(Debug, Error)]
pub enum ListReportsError {
    #[error(transparent)]
    Cursor(#[from] CursorError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    reports: &dyn ReportRepository,
    query: ListReports,
) -> Result<Page<Report>, ListReportsError> {
    let owner_id = query.caller.user_id.get();
    let after = position_after(query.cursor.as_ref())?;
    let list = ListedReports { owner_id, after, limit: query.limit.get() + 1 };
    let records = reports.list(list).await?;
    let items = records.into_iter().map(Report::try_from).collect::<Result<Vec<_>, _>>()?;
    let mut page = Page::of(items, query.limit, |report: &Report| {
        Cursor::new(LIST, &[&report.id.to_string()])
    });
    if query.with_total {
        page.total = Some(reports.count(owner_id).await?);
    }
    Ok(page)
}

fn position_after(cursor: Option<&Cursor>) -> Result<Option<i64>, CursorError> {
    let Some(cursor) = cursor else {
        return Ok(None);
    };
    let [id] = cursor.keys(LIST)?;
    Cursor::read(id).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockReportRepository, ReportRecord};
    use crate::testing::{caller, report_record};
    use mockall::predicate::eq;
    use reelmark_domain::Role;

    fn query(cursor: Option<Cursor>, with_total: bool) -> ListReports {
        let limit = PageLimit::parse(1).unwrap();
        ListReports { caller: caller(Role::Member), limit, cursor, with_total }
    }

    #[tokio::test]
    async fn goes_on_behind_the_last_report_of_a_page() {
        let mut reports = MockReportRepository::new();
        let first = ListedReports { owner_id: 7, after: None, limit: 2 };
        let two = [6, 5].map(|id| ReportRecord { id, ..report_record() });
        reports.expect_list().with(eq(first)).returning(move |_| Ok(two.to_vec()));
        let second = ListedReports { after: Some(6), ..first };
        reports.expect_list().with(eq(second)).returning(|_| Ok(vec![report_record()]));
        reports.expect_count().with(eq(7)).returning(|_| Ok(2));

        let page = run(&reports, query(None, true)).await.unwrap();
        assert_eq!((page.items.len(), page.items[0].id.get(), page.total), (1, 6, Some(2)));
        let page = run(&reports, query(page.next, false)).await.unwrap();
        assert_eq!((page.items[0].id.get(), page.next, page.total), (5, None, None));
    }

    #[tokio::test]
    async fn refuses_the_cursor_of_another_list() {
        let cursor = Some(Cursor::new("movies", &["6"]));
        let refused = run(&MockReportRepository::new(), query(cursor, false)).await;
        assert!(matches!(refused, Err(ListReportsError::Cursor(_))));
    }
}
