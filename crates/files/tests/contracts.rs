//! The adapters of this crate keep the contracts of their ports.

use std::sync::Arc;

use reelmark_application::ports::StarterCatalogue;
use reelmark_files::EmbeddedStarterCatalogue;

async fn fresh_catalogue() -> Arc<dyn StarterCatalogue> {
    Arc::new(EmbeddedStarterCatalogue)
}

reelmark_testkit::starter_catalogue_contracts!(fresh_catalogue);
