use std::collections::BTreeMap;

use actix_web::body::BoxBody;
use actix_web::{HttpRequest, HttpResponse, Responder};
use paperclip::actix::OperationModifier;
use paperclip::v2::models::{DefaultOperationRaw, DefaultSchemaRaw, Either, Response};
use paperclip::v2::schema::Apiv2Schema;

/// 202: it was asked for, and what comes of it is told elsewhere, if at all.
pub(crate) struct Requested;

impl Responder for Requested {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Accepted().finish()
    }
}

impl Apiv2Schema for Requested {}

impl OperationModifier for Requested {
    fn update_response(op: &mut DefaultOperationRaw) {
        let description = Some("Taken down. What comes of it is not told.".to_owned());
        let response = Response { description, ..Response::default() };
        op.responses.insert("202".to_owned(), Either::Right(response));
    }

    fn update_definitions(_: &mut BTreeMap<String, DefaultSchemaRaw>) {}
}
