//! The adapters of this crate keep the contracts of their ports.

use std::sync::Arc;

use reelmark_application::ports::{StarterCatalogue, TableWriter};
use reelmark_files::{CsvTables, EmbeddedStarterCatalogue};

async fn fresh_catalogue() -> Arc<dyn StarterCatalogue> {
    Arc::new(EmbeddedStarterCatalogue)
}

async fn fresh_tables() -> Arc<dyn TableWriter> {
    Arc::new(CsvTables)
}

reelmark_testkit::table_writer_contracts!(fresh_tables);
reelmark_testkit::starter_catalogue_contracts!(fresh_catalogue);
