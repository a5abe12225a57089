use actix_web::body::BoxBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::{Error, HttpResponse, Route};
use paperclip::actix::web::{self, Resource};

use crate::middleware::{Pattern, guard};
use crate::problem::{ApiError, ErrorCode};

/// A resource below `/api/v1` with the request deadline and the limits of its operations. It does a POST with an
/// `Idempotency-Key` once (unless it lies below `/auth`), and answers any method it has no route for
/// with 405 and the `methods` it has.
pub(crate) fn resource(
    path: &str,
    methods: &'static str,
) -> Resource<
    actix_web::Resource<
        impl ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<BoxBody>,
            Error = Error,
            InitError = (),
        >,
    >,
> {
    let pattern = Pattern::of_api(path);
    web::resource(path)
        .wrap(from_fn(move |request, next| guard(pattern.clone(), request, next)))
        .default_service(method_not_allowed(methods))
}

/// 405 with the `methods` that are supported.
pub(crate) fn method_not_allowed(methods: &'static str) -> Route {
    actix_web::web::to(move || async move {
        Err::<HttpResponse, _>(ApiError::new(ErrorCode::MethodNotAllowed).allow(methods))
    })
}
