//! The life of an account: activated, given another password, handed out, erased.

mod activate_account;
mod change_password;
pub(crate) mod erase_account;
mod export_account;
mod forgot_password;
mod presenter;
mod ratings_file;
mod resend_activation;
mod reset_password;

use paperclip::actix::web::{self, ServiceConfig};
use reelmark_domain::{PlainPassword, Secret, ValueError};

use crate::openapi::{OperationErrors, Rule};
use crate::routing::resource;

/// What the operations answer with besides what all answer with.
pub(crate) const ERRORS: &[OperationErrors] = &[
    activate_account::ERRORS,
    change_password::ERRORS,
    erase_account::ERRORS,
    export_account::ERRORS,
    forgot_password::ERRORS,
    resend_activation::ERRORS,
    reset_password::ERRORS,
];

/// The routes, below `/api/v1`, but for `DELETE /users/me`, which stands beside the others of that
/// path.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(
            resource("/auth/activate", "POST")
                .route(web::post().to(activate_account::activate_account)),
        )
        .service(
            resource("/auth/activation/resend", "POST")
                .route(web::post().to(resend_activation::resend_activation)),
        )
        .service(
            resource("/auth/password/forgot", "POST")
                .route(web::post().to(forgot_password::forgot_password)),
        )
        .service(
            resource("/auth/password/reset", "POST")
                .route(web::post().to(reset_password::reset_password)),
        )
        .service(
            resource("/auth/password/change", "POST")
                .route(web::post().to(change_password::change_password)),
        )
        .service(
            resource("/users/me/export", "GET")
                .route(web::get().to(export_account::export_account)),
        );
}

/// The rules that the document states.
pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = activate_account::rules();
    rules.extend(resend_activation::rules());
    rules.extend(forgot_password::rules());
    rules.extend(reset_password::rules());
    rules.extend(change_password::rules());
    rules.extend(erase_account::rules());
    rules.extend(export_account::rules());
    rules
}

/// A code as it was copied from a mail, perhaps with the blanks around it.
fn code(raw: &str) -> Result<Secret, ValueError> {
    Secret::parse(raw.trim().to_owned())
}

/// What somebody typed as their password; `None` when no account can have it. Blanks may be what a
/// password is made of.
fn typed_password(raw: &str) -> Result<Option<PlainPassword>, ValueError> {
    if raw.is_empty() { Err(ValueError::Blank) } else { Ok(PlainPassword::attempt(raw).ok()) }
}
