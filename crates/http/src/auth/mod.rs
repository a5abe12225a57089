//! Signing in.

mod log_in;
mod presenter;

use paperclip::actix::web::{self, ServiceConfig};

use crate::openapi::{OperationErrors, Rule};
use crate::routing::resource;

/// What the operations answer with besides what all answer with.
pub(crate) const ERRORS: &[OperationErrors] = &[log_in::ERRORS];

/// The routes, below `/api/v1`.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(resource("/auth/login", "POST").route(web::post().to(log_in::log_in)));
}

/// The rules that the document states.
pub(crate) fn rules() -> Vec<Rule> {
    [log_in::rules(), presenter::rules()].concat()
}
