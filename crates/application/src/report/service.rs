use std::sync::Arc;

use async_trait::async_trait;
use reelmark_domain::{Caller, Page, ReportId};

use super::*;
use crate::ports::{Clock, MovieReader, ReportRepository, ReportWriter, UserReader};

/// The use cases about reports.
pub struct ReportService {
    reports: Arc<dyn ReportRepository>,
    movies: Arc<dyn MovieReader>,
    users: Arc<dyn UserReader>,
    writer: Arc<dyn ReportWriter>,
    clock: Arc<dyn Clock>,
}

impl ReportService {
    pub fn new(
        reports: Arc<dyn ReportRepository>,
        movies: Arc<dyn MovieReader>,
        users: Arc<dyn UserReader>,
        writer: Arc<dyn ReportWriter>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { reports, movies, users, writer, clock }
    }
}

#[async_trait]
impl ReportUseCases for ReportService {
    async fn request_report(&self, command: RequestReport) -> Result<Report, RequestReportError> {
        let (movies, users) = (&*self.movies, &*self.users);
        request_report::run(&*self.reports, movies, users, &*self.clock, command).await
    }

    async fn view_report(&self, caller: Caller, id: ReportId) -> Result<Report, ViewReportError> {
        view_report::run(&*self.reports, caller, id).await
    }

    async fn export_report(
        &self,
        query: ExportReport,
    ) -> Result<ExportedReport, ExportReportError> {
        export_report::run(&*self.reports, &*self.writer, query).await
    }

    async fn list_reports(&self, query: ListReports) -> Result<Page<Report>, ListReportsError> {
        list_reports::run(&*self.reports, query).await
    }
}
