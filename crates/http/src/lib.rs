//! The REST API: actix-web handlers that extract, convert, call one use case and present.
//!
//! One endpoint, one file: `movie/add_movie.rs` holds the request model, the handler, its errors'
//! conversion and the rules its document states. `presenter.rs` of an aggregate holds what several
//! endpoints answer with.

mod account;
mod app;
mod audit;
mod auth;
mod extract;
mod health;
mod middleware;
mod movie;
mod openapi;
mod operations;
mod pages;
mod patch;
mod problem;
mod rating;
mod recommendation;
mod report;
mod respond;
mod routing;
mod server;
#[cfg(test)]
mod testing;
mod throttling;
mod timestamp;
mod trusted_proxies;
mod user;

#[cfg(feature = "bench")]
#[doc(hidden)]
pub use movie::{rendered_movie, rendered_page};

pub use app::{HttpConfig, RenderMetrics, UseCases};
pub use middleware::Draining;
pub use openapi::document as openapi;
pub use operations::{Operations, bind_operations};
pub use server::{BoundServer, bind};
pub use trusted_proxies::TrustedProxies;
