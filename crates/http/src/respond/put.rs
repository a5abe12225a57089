use std::collections::BTreeMap;

use actix_web::body::BoxBody;
use actix_web::web::Json;
use actix_web::{HttpRequest, HttpResponse, Responder};
use paperclip::actix::OperationModifier;
use paperclip::v2::models::{DefaultOperationRaw, DefaultSchemaRaw};
use paperclip::v2::schema::Apiv2Schema;
use serde::Serialize;

use super::{Created, Tagged};

/// What PUT answers: 201 when the thing is new, 200 when it was there before.
pub(crate) enum Put<T> {
    Created(Created<T>),
    Replaced(Tagged<T>),
}

impl<T: Serialize> Responder for Put<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        match self {
            Self::Created(created) => created.respond_to(request),
            Self::Replaced(tagged) => tagged.respond_to(request),
        }
    }
}

impl<T: Apiv2Schema> Apiv2Schema for Put<T> {
    fn name() -> Option<String> {
        T::name()
    }

    fn raw_schema() -> DefaultSchemaRaw {
        T::raw_schema()
    }
}

impl<T: Apiv2Schema> OperationModifier for Put<T> {
    fn update_response(op: &mut DefaultOperationRaw) {
        // The first of the two moves what it finds under 200 to 201.
        Created::<T>::update_response(op);
        Json::<T>::update_response(op);
    }

    fn update_definitions(map: &mut BTreeMap<String, DefaultSchemaRaw>) {
        Json::<T>::update_definitions(map);
    }
}
