use std::collections::BTreeMap;

use actix_web::body::BoxBody;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, Responder};
use paperclip::actix::OperationModifier;
use paperclip::v2::models::{DefaultOperationRaw, DefaultSchemaRaw};
use paperclip::v2::schema::Apiv2Schema;

const PRIVATE: &str = "private, no-cache";

/// An answer that is [`Private`] for some who ask.
pub(crate) struct PrivateIf<R>(pub(crate) bool, pub(crate) R);

impl<R: Responder<Body: 'static>> Responder for PrivateIf<R> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let Self(is_private, answer) = self;
        let mut response = answer.respond_to(request).map_into_boxed_body();
        if is_private {
            let directives = HeaderValue::from_static(PRIVATE);
            response.headers_mut().insert(header::CACHE_CONTROL, directives);
        }
        response
    }
}

/// Declares a wrapper around an answer that says who may keep a copy of it.
macro_rules! cache_control {
    ($(#[$doc:meta])* $name:ident, $directives:expr) => {
        $(#[$doc])*
        pub(crate) struct $name<R>(pub(crate) R);

        impl<R: Responder<Body: 'static>> Responder for $name<R> {
            type Body = BoxBody;

            fn respond_to(self, request: &HttpRequest) -> HttpResponse {
                let mut response = self.0.respond_to(request).map_into_boxed_body();
                let directives = HeaderValue::from_static($directives);
                response.headers_mut().insert(header::CACHE_CONTROL, directives);
                response
            }
        }

        documented_as_inside! { $name }
    };
}

/// The wrapper is no part of what is documented.
macro_rules! documented_as_inside {
    ($name:ident) => {
        impl<R: Apiv2Schema> Apiv2Schema for $name<R> {
            fn name() -> Option<String> {
                R::name()
            }

            fn raw_schema() -> DefaultSchemaRaw {
                R::raw_schema()
            }
        }

        impl<R: OperationModifier> OperationModifier for $name<R> {
            fn update_response(op: &mut DefaultOperationRaw) {
                R::update_response(op);
            }

            fn update_definitions(map: &mut BTreeMap<String, DefaultSchemaRaw>) {
                R::update_definitions(map);
            }
        }
    };
}

documented_as_inside! { PrivateIf }

cache_control! {
    /// Only the caller's own browser may keep it, and has to ask each time whether it still holds.
    Private, PRIVATE
}

cache_control! {
    /// Nobody may keep it, because it is a secret.
    NotStored, "no-store"
}
