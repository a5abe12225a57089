//! What operators and load balancers ask. It stands outside `/api/v1` and its document.

mod live;
mod metrics;
mod ready;

use actix_web::Route;
use actix_web::web::{self, ServiceConfig};

use crate::routing::method_not_allowed;

/// The routes, below the root.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/health/live", web::get().to(live::live)))
        .service(resource("/health/ready", web::get().to(ready::ready)))
        .service(resource("/metrics", web::get().to(metrics::metrics)));
}

fn resource(path: &str, get: Route) -> actix_web::Resource {
    web::resource(path).route(get).default_service(method_not_allowed("GET"))
}
