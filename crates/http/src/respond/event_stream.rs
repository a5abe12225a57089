use std::collections::BTreeMap;

use actix_web::body::{BodyStream, BoxBody, MessageBody};
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{Error, HttpRequest, HttpResponse, Responder};
use futures_util::stream::LocalBoxStream;
use paperclip::actix::OperationModifier;
use paperclip::v2::models::{DefaultOperationRaw, DefaultSchemaRaw, Either, Response};
use paperclip::v2::schema::Apiv2Schema;

/// 200 with events for as long as the client stays (WHATWG HTML, section 9.2, "Server-sent
/// events"). Each item is one or more whole lines.
pub(crate) struct EventStream(pub(crate) LocalBoxStream<'static, Result<Bytes, Error>>);

impl Responder for EventStream {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, "text/event-stream"))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            // Proxies that gather an answer before they pass it on would pass on nothing.
            .insert_header(("X-Accel-Buffering", "no"))
            .body(BodyStream::new(self.0).boxed())
    }
}

impl Apiv2Schema for EventStream {}

impl OperationModifier for EventStream {
    fn update_response(op: &mut DefaultOperationRaw) {
        let description = Some("Events, for as long as the client stays.".to_owned());
        let response = Response { description, ..Response::default() };
        op.responses.insert("200".to_owned(), Either::Right(response));
    }

    fn update_definitions(_: &mut BTreeMap<String, DefaultSchemaRaw>) {}
}
