use std::collections::BTreeMap;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::HeaderName;
use actix_web::{FromRequest, HttpRequest};
use paperclip::actix::OperationModifier;
use paperclip::v2::models::{
    DataType, DefaultOperationRaw, DefaultSchemaRaw, Either, Parameter, ParameterIn,
};
use paperclip::v2::schema::Apiv2Schema;

use crate::problem::ApiError;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// The id of the last event that a client saw before its stream broke; none of ours when it can't be
/// read.
pub(crate) struct LastEventId(pub(crate) Option<i64>);

impl FromRequest for LastEventId {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let value = request.headers().get(LAST_EVENT_ID).and_then(|value| value.to_str().ok());
        ready(Ok(Self(value.and_then(|id| id.parse().ok()))))
    }
}

impl Apiv2Schema for LastEventId {}

impl OperationModifier for LastEventId {
    fn update_parameter(op: &mut DefaultOperationRaw) {
        op.parameters.push(Either::Right(Parameter {
            name: "Last-Event-ID".to_owned(),
            in_: ParameterIn::Header,
            description: Some("The id of the last event you have seen.".to_owned()),
            required: false,
            data_type: Some(DataType::String),
            ..Parameter::default()
        }));
    }

    fn update_definitions(_: &mut BTreeMap<String, DefaultSchemaRaw>) {}
}
