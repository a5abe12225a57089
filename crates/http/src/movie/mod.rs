//! Movies and the charts made of them.

mod add_movie;
mod chart;
mod edit_movie;
mod list_most_rated;
mod list_movies;
mod list_top_rated;
mod list_trending;
mod presenter;
mod remove_movie;
#[cfg(feature = "bench")]
mod rendered;
mod view_movie;

use paperclip::actix::web::{self, ServiceConfig};

pub(crate) use self::presenter::MovieResponse;
#[cfg(feature = "bench")]
pub use self::rendered::{rendered_movie, rendered_page};
use crate::openapi::{OperationErrors, Rule};
use crate::routing::resource;

/// What the operations answer with besides what all answer with.
pub(crate) const ERRORS: &[OperationErrors] = &[
    add_movie::ERRORS,
    edit_movie::ERRORS,
    list_movies::ERRORS,
    list_most_rated::ERRORS,
    list_top_rated::ERRORS,
    list_trending::ERRORS,
    remove_movie::ERRORS,
    view_movie::ERRORS,
];

/// The routes, below `/api/v1`.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(
            resource("/movies", "GET, POST")
                .route(web::get().to(list_movies::list_movies))
                .route(web::post().to(add_movie::add_movie)),
        )
        .service(
            resource("/movies/{id}", "GET, PATCH, DELETE")
                .route(web::get().to(view_movie::view_movie))
                .route(web::patch().to(edit_movie::edit_movie))
                .route(web::delete().to(remove_movie::remove_movie)),
        )
        .service(
            resource("/charts/top-rated", "GET")
                .route(web::get().to(list_top_rated::list_top_rated)),
        )
        .service(
            resource("/charts/most-rated", "GET")
                .route(web::get().to(list_most_rated::list_most_rated)),
        )
        .service(
            resource("/charts/trending", "GET").route(web::get().to(list_trending::list_trending)),
        );
}

/// The rules that the document states.
pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = add_movie::rules();
    rules.extend(edit_movie::rules());
    rules.extend(list_movies::rules());
    rules.extend(list_most_rated::rules());
    rules.extend(list_top_rated::rules());
    rules.extend(list_trending::rules());
    rules.extend(presenter::rules());
    rules
}
