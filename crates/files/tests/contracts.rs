//! The adapters of this crate keep the contracts of their ports.

use std::sync::Arc;

use reelmark_application::ports::{ReportWriter, StarterCatalogue, TableWriter};
use reelmark_files::{CsvTables, EmbeddedStarterCatalogue, FileReportWriter};

async fn fresh_catalogue() -> Arc<dyn StarterCatalogue> {
    Arc::new(EmbeddedStarterCatalogue)
}

async fn fresh_tables() -> Arc<dyn TableWriter> {
    Arc::new(CsvTables)
}

reelmark_testkit::table_writer_contracts!(fresh_tables);
reelmark_testkit::starter_catalogue_contracts!(fresh_catalogue);

async fn fresh_writer() -> Arc<dyn ReportWriter> {
    Arc::new(FileReportWriter)
}

reelmark_testkit::report_writer_contracts!(fresh_writer);
