//! Ratings and what they add up to.

mod list_movie_ratings;
mod presenter;
mod rate_batch;
mod rate_movie;
mod remove_rating;
mod view_own_rating;
mod view_rating_summary;
mod watch_rating_summary;

use paperclip::actix::web::{self, ServiceConfig};

pub(crate) use presenter::RatingSummaryResponse;

use crate::extract::BodyLimit;
use crate::openapi::{OperationErrors, Rule};
use crate::routing::resource;

/// What the operations answer with besides what all answer with.
pub(crate) const ERRORS: &[OperationErrors] = &[
    list_movie_ratings::ERRORS,
    rate_batch::ERRORS,
    rate_movie::ERRORS,
    remove_rating::ERRORS,
    view_own_rating::ERRORS,
    view_rating_summary::ERRORS,
    watch_rating_summary::ERRORS,
];

/// The routes, below `/api/v1`.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(
            resource("/movies/{id}/rating", "GET, PUT, DELETE")
                .route(web::get().to(view_own_rating::view_own_rating))
                .route(web::put().to(rate_movie::rate_movie))
                .route(web::delete().to(remove_rating::remove_rating)),
        )
        .service(
            resource("/ratings/batch", "POST")
                .app_data(BodyLimit(rate_batch::MAX_BYTES))
                .route(web::post().to(rate_batch::rate_batch)),
        )
        .service(
            resource("/movies/{id}/ratings", "GET")
                .route(web::get().to(list_movie_ratings::list_movie_ratings)),
        )
        .service(
            resource("/movies/{id}/rating-summary", "GET")
                .route(web::get().to(view_rating_summary::view_rating_summary)),
        )
        .service(
            resource("/movies/{id}/rating-summary/events", "GET")
                .route(web::get().to(watch_rating_summary::watch_rating_summary)),
        );
}

/// The rules that the document states.
pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = rate_movie::rules();
    rules.extend(rate_batch::rules());
    rules.extend(list_movie_ratings::rules());
    rules.extend(view_rating_summary::rules());
    rules.extend(presenter::rules());
    rules
}
