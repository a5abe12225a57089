use std::collections::BTreeMap;

use actix_web::body::BoxBody;
use actix_web::http::{Method, header};
use actix_web::web::Json;
use actix_web::{HttpRequest, HttpResponse, Responder};
use paperclip::actix::OperationModifier;
use paperclip::v2::models::{DefaultOperationRaw, DefaultSchemaRaw, Either, Response};
use paperclip::v2::schema::Apiv2Schema;

use super::{Content, EntityTag};

/// 200 with an `ETag`, or 304 when the client has this version already.
pub(crate) struct Tagged<T> {
    pub(crate) tag: EntityTag,
    pub(crate) body: T,
}

impl<T: Content> Responder for Tagged<T> {
    type Body = BoxBody;

    /// What the client has already is not even written down.
    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let is_known = request.method() == Method::GET && self.tag.is_known_to(request);
        let etag = (header::ETAG, self.tag.into_header());
        if is_known {
            return HttpResponse::NotModified().insert_header(etag).finish();
        }
        self.body.put_into(HttpResponse::Ok().insert_header(etag))
    }
}

impl<T: Apiv2Schema> Apiv2Schema for Tagged<T> {
    fn name() -> Option<String> {
        T::name()
    }

    fn raw_schema() -> DefaultSchemaRaw {
        T::raw_schema()
    }
}

impl<T: Apiv2Schema> OperationModifier for Tagged<T> {
    fn update_response(op: &mut DefaultOperationRaw) {
        Json::<T>::update_response(op);
        // Only a read can be answered with 304; edits say so by taking If-Match.
        let is_edit = op
            .parameters
            .iter()
            .any(|parameter| matches!(parameter, Either::Right(p) if p.name == "If-Match"));
        if !is_edit {
            let description = Some("You have this version already.".to_owned());
            let response = Response { description, ..Response::default() };
            op.responses.insert("304".to_owned(), Either::Right(response));
        }
    }

    fn update_definitions(map: &mut BTreeMap<String, DefaultSchemaRaw>) {
        Json::<T>::update_definitions(map);
    }
}
