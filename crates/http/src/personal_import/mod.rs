//! Ratings that people bring along in files.

mod list_import_rows;
mod list_imports;
mod presenter;
mod request_import;
mod undo_import;
mod view_import;

use paperclip::actix::web::{self, ServiceConfig};

use crate::extract::{BodyLimit, FORM_OVERHEAD};
use crate::middleware::Patience;
use crate::openapi::{OperationErrors, Rule};
use crate::routing::resource;

/// How many bytes a file may have.
const MAX_FILE: usize = 20 * 1024 * 1024;

/// A file comes through a line that may be slow, and to take back many ratings takes a while.
const PATIENCE: Patience = Patience(8);

/// What the operations answer with besides what all answer with.
pub(crate) const ERRORS: &[OperationErrors] =
    &[request_import::ERRORS, view_import::ERRORS, list_import_rows::ERRORS, undo_import::ERRORS];

/// The routes, below `/api/v1`.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(
            resource("/users/me/imports", "GET, POST")
                .app_data(BodyLimit(MAX_FILE + FORM_OVERHEAD))
                .app_data(PATIENCE)
                .route(web::get().to(list_imports::list_imports))
                .route(web::post().to(request_import::request_import)),
        )
        .service(
            resource("/users/me/imports/{id}", "GET, DELETE")
                .app_data(PATIENCE)
                .route(web::get().to(view_import::view_import))
                .route(web::delete().to(undo_import::undo_import)),
        )
        .service(
            resource("/users/me/imports/{id}/rows", "GET")
                .route(web::get().to(list_import_rows::list_import_rows)),
        );
}

/// The rules that the document states.
pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = request_import::rules();
    rules.extend(list_imports::rules());
    rules.extend(list_import_rows::rules());
    rules.extend(undo_import::rules());
    rules.extend(presenter::rules());
    rules
}
