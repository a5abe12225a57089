//! Movies that are like others, and movies that the caller may like.

mod list_similar_movies;
mod recommend_movies;

use paperclip::actix::web::{self, ServiceConfig};

use crate::openapi::{OperationErrors, Rule};
use crate::routing::resource;

/// What the operations answer with besides what all answer with.
pub(crate) const ERRORS: &[OperationErrors] =
    &[list_similar_movies::ERRORS, recommend_movies::ERRORS];

/// The routes, below `/api/v1`.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(
            resource("/movies/{id}/similar", "GET")
                .route(web::get().to(list_similar_movies::list_similar_movies)),
        )
        .service(
            resource("/users/me/recommendations", "GET")
                .route(web::get().to(recommend_movies::recommend_movies)),
        );
}

/// The rules that the document states.
pub(crate) fn rules() -> Vec<Rule> {
    [list_similar_movies::rules(), recommend_movies::rules()].concat()
}
