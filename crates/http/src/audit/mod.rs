//! What happened to accounts, for admins.

mod list_audit_events;

use paperclip::actix::web::{self, ServiceConfig};

use crate::openapi::{OperationErrors, Rule};
use crate::routing::resource;

/// What the operations answer with besides what all answer with.
pub(crate) const ERRORS: &[OperationErrors] = &[list_audit_events::ERRORS];

/// The routes, below `/api/v1`.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(
        resource("/admin/audit-events", "GET")
            .route(web::get().to(list_audit_events::list_audit_events)),
    );
}

/// The rules that the document states.
pub(crate) fn rules() -> Vec<Rule> {
    list_audit_events::rules()
}
