//! Accounts and profiles.

mod change_role;
mod edit_profile;
mod list_user_ratings;
mod presenter;
mod register_user;
mod view_own_profile;
mod view_profile;

use paperclip::actix::web::{self, ServiceConfig};
use reelmark_domain::Username;

use crate::openapi::{OperationErrors, Rule};
use crate::routing::resource;

/// What the operations answer with besides what all answer with.
pub(crate) const ERRORS: &[OperationErrors] = &[
    change_role::ERRORS,
    edit_profile::ERRORS,
    list_user_ratings::ERRORS,
    register_user::ERRORS,
    view_own_profile::ERRORS,
    view_profile::ERRORS,
];

// Nobody can be called "me", so /users/me hides nobody's profile.
const _: () = assert!("me".len() < Username::MIN);

/// The routes, below `/api/v1`. The first that fits is taken.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/users", "POST").route(web::post().to(register_user::register_user)))
        .service(
            resource("/users/me", "GET, PATCH, DELETE")
                .route(web::get().to(view_own_profile::view_own_profile))
                .route(web::patch().to(edit_profile::edit_profile))
                .route(web::delete().to(crate::account::erase_account::erase_account)),
        )
        .service(
            resource("/users/{username}", "GET").route(web::get().to(view_profile::view_profile)),
        )
        .service(
            resource("/users/{username}/ratings", "GET")
                .route(web::get().to(list_user_ratings::list_user_ratings)),
        )
        .service(
            resource("/users/{username}/role", "PUT")
                .route(web::put().to(change_role::change_role)),
        );
}

/// The rules that the document states.
pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = register_user::rules();
    rules.extend(edit_profile::rules());
    rules.extend(list_user_ratings::rules());
    rules.extend(change_role::rules());
    rules.extend(presenter::rules());
    rules
}
