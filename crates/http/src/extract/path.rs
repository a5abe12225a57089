use std::collections::BTreeMap;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use paperclip::actix::OperationModifier;
use paperclip::v2::models::{
    DataType, DataTypeFormat, DefaultOperationRaw, DefaultSchemaRaw, Either, Parameter, ParameterIn,
};
use paperclip::v2::schema::Apiv2Schema;
use reelmark_domain::{ImportId, MovieId, ReportId, SessionId, Username, ValueError};

use crate::problem::ApiError;

/// The `{id}` of a movie.
pub(crate) struct MovieIdInPath(pub(crate) MovieId);

/// The `{id}` of a report.
pub(crate) struct ReportIdInPath(pub(crate) ReportId);

/// The `{id}` of an import.
pub(crate) struct ImportIdInPath(pub(crate) ImportId);

/// The `{id}` of a session.
pub(crate) struct SessionIdInPath(pub(crate) SessionId);

/// The `{username}` of a user.
pub(crate) struct UsernameInPath(pub(crate) Username);

impl FromRequest for MovieIdInPath {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, MovieId::parse).map(Self))
    }
}

impl FromRequest for ReportIdInPath {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, ReportId::parse).map(Self))
    }
}

impl FromRequest for ImportIdInPath {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, ImportId::parse).map(Self))
    }
}

impl FromRequest for SessionIdInPath {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, SessionId::parse).map(Self))
    }
}

fn id<T>(
    request: &HttpRequest,
    parse: impl FnOnce(i64) -> Result<T, ValueError>,
) -> Result<T, ApiError> {
    let raw = request.match_info().query("id");
    let id = raw.parse().ok().and_then(|id| parse(id).ok());
    let rule = "must be a whole number between 1 and 9223372036854775807";
    id.ok_or_else(|| ApiError::field("id", "out_of_range", rule))
}

impl FromRequest for UsernameInPath {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let username = Username::parse(request.match_info().query("username")).map(Self);
        let error = |e: ValueError| ApiError::field("username", e.code(), &e.to_string());
        ready(username.map_err(error))
    }
}

impl Apiv2Schema for MovieIdInPath {}

impl OperationModifier for MovieIdInPath {
    fn update_parameter(op: &mut DefaultOperationRaw) {
        op.parameters.push(path_parameter("id", DataType::Integer, Some(DataTypeFormat::Int64)));
    }

    fn update_definitions(_: &mut BTreeMap<String, DefaultSchemaRaw>) {}
}

impl Apiv2Schema for ReportIdInPath {}

impl OperationModifier for ReportIdInPath {
    fn update_parameter(op: &mut DefaultOperationRaw) {
        MovieIdInPath::update_parameter(op);
    }

    fn update_definitions(_: &mut BTreeMap<String, DefaultSchemaRaw>) {}
}

impl Apiv2Schema for ImportIdInPath {}

impl OperationModifier for ImportIdInPath {
    fn update_parameter(op: &mut DefaultOperationRaw) {
        MovieIdInPath::update_parameter(op);
    }

    fn update_definitions(_: &mut BTreeMap<String, DefaultSchemaRaw>) {}
}

impl Apiv2Schema for SessionIdInPath {}

impl OperationModifier for SessionIdInPath {
    fn update_parameter(op: &mut DefaultOperationRaw) {
        MovieIdInPath::update_parameter(op);
    }

    fn update_definitions(_: &mut BTreeMap<String, DefaultSchemaRaw>) {}
}

impl Apiv2Schema for UsernameInPath {}

impl OperationModifier for UsernameInPath {
    fn update_parameter(op: &mut DefaultOperationRaw) {
        op.parameters.push(path_parameter("username", DataType::String, None));
    }

    fn update_definitions(_: &mut BTreeMap<String, DefaultSchemaRaw>) {}
}

type AnyParameter = Either<paperclip::v2::models::Reference, Parameter<DefaultSchemaRaw>>;

fn path_parameter(name: &str, kind: DataType, format: Option<DataTypeFormat>) -> AnyParameter {
    Either::Right(Parameter {
        name: name.to_owned(),
        in_: ParameterIn::Path,
        required: true,
        data_type: Some(kind),
        format,
        ..Parameter::default()
    })
}
