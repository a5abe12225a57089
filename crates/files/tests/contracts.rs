//! The adapters of this crate keep the contracts of their ports.

use std::sync::Arc;

use reelmark_application::ports::{
    CatalogueFiles, ExportFiles, PersonalRatingsFiles, ReportWriter, StarterCatalogue, TableWriter,
};
use reelmark_files::{
    CsvTables, EmbeddedStarterCatalogue, FileReportWriter, ForeignCatalogueFiles,
    ForeignRatingsFiles, PortableExportFiles,
};

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

async fn fresh_catalogue_files() -> Arc<dyn CatalogueFiles> {
    Arc::new(ForeignCatalogueFiles)
}

reelmark_testkit::catalogue_files_contracts!(fresh_catalogue_files);

async fn fresh_ratings_files() -> Arc<dyn PersonalRatingsFiles> {
    Arc::new(ForeignRatingsFiles)
}

reelmark_testkit::personal_ratings_files_contracts!(fresh_ratings_files);

async fn fresh_export_files() -> Arc<dyn ExportFiles> {
    Arc::new(PortableExportFiles)
}

reelmark_testkit::export_files_contracts!(fresh_export_files);
