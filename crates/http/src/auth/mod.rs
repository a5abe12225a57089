//! Signing in, staying signed in, and signing out.

mod carrier;
mod end_session;
mod list_sessions;
mod log_in;
mod log_out;
mod presenter;
mod refresh;

use paperclip::actix::web::{self, ServiceConfig};

use crate::openapi::{OperationErrors, Rule};
use crate::routing::resource;

/// What the operations answer with besides what all answer with.
pub(crate) const ERRORS: &[OperationErrors] =
    &[end_session::ERRORS, list_sessions::ERRORS, log_in::ERRORS, log_out::ERRORS, refresh::ERRORS];

/// The routes, below `/api/v1`.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/auth/login", "POST").route(web::post().to(log_in::log_in)))
        .service(resource("/auth/refresh", "POST").route(web::post().to(refresh::refresh)))
        .service(resource("/auth/logout", "POST").route(web::post().to(log_out::log_out)))
        .service(
            resource("/users/me/sessions", "GET")
                .route(web::get().to(list_sessions::list_sessions)),
        )
        .service(
            resource("/users/me/sessions/{id}", "DELETE")
                .route(web::delete().to(end_session::end_session)),
        );
}

/// The rules that the document states.
pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = log_in::rules();
    rules.extend(refresh::rules());
    rules.extend(log_out::rules());
    rules.extend(list_sessions::rules());
    rules.extend(end_session::rules());
    rules.extend(presenter::rules());
    rules
}
