use std::path::Path;

use actix_web::web::{self, Data};
use anyhow::Result;

use super::{Canned, serve};

/// Answers everything with the same bytes.
pub fn run(answer: &Path) -> Result<()> {
    let canned = Data::new(Canned::read(answer)?);
    serve(move |config| {
        config.app_data(canned.clone()).default_service(web::to(give));
    })
}

async fn give(canned: Data<Canned>) -> actix_web::HttpResponse {
    canned.response()
}
