//! Reports.

mod content;
mod list_reports;
mod presenter;
mod report_answer;
mod request_report;
mod view_report;

use paperclip::actix::web::{self, ServiceConfig};

use crate::openapi::{OperationErrors, Rule};
use crate::routing::resource;

/// What the operations answer with besides what all answer with.
pub(crate) const ERRORS: &[OperationErrors] = &[request_report::ERRORS, view_report::ERRORS];

/// The routes, below `/api/v1`.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(
            resource("/reports", "GET, POST")
                .route(web::get().to(list_reports::list_reports))
                .route(web::post().to(request_report::request_report)),
        )
        .service(resource("/reports/{id}", "GET").route(web::get().to(view_report::view_report)));
}

/// The rules that the document states.
pub(crate) fn rules() -> Vec<Rule> {
    [list_reports::rules(), request_report::rules(), view_report::rules()].concat()
}
