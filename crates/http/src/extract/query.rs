use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use paperclip::actix::OperationModifier;
use paperclip::v2::models::{DefaultOperationRaw, DefaultSchemaRaw};
use paperclip::v2::schema::Apiv2Schema;
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

use super::serde_error::field_error;
use crate::problem::{ApiError, ErrorCode};

/// The parameters behind the question mark.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse(request.query_string()).map(Self))
    }
}

/// Bytes that are not UTF-8 are refused here, because the parser would put U+FFFD in their place.
fn parse<T: DeserializeOwned>(query: &str) -> Result<T, ApiError> {
    if percent_decode_str(query).decode_utf8().is_err() {
        let detail = "The query must be percent-encoded UTF-8.";
        return Err(ApiError::new(ErrorCode::MalformedRequest).detail(detail));
    }
    let pairs = web_form(query);
    serde_path_to_error::deserialize(pairs).map_err(|error| {
        let path = error.path().clone();
        field_error(&path, &error.into_inner().to_string())
    })
}

fn web_form(query: &str) -> serde_urlencoded::Deserializer<'_> {
    serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()))
}

impl<T: Apiv2Schema> Apiv2Schema for Query<T> {}

impl<T: Apiv2Schema> OperationModifier for Query<T> {
    fn update_parameter(op: &mut DefaultOperationRaw) {
        web::Query::<T>::update_parameter(op);
    }

    fn update_definitions(_: &mut BTreeMap<String, DefaultSchemaRaw>) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Paging {
        limit: Option<i64>,
        query: Option<String>,
    }

    fn first_error(query: &str) -> (String, String) {
        let problem = parse::<Paging>(query).unwrap_err().document("r");
        let error = &problem["errors"][0];
        (error["field"].as_str().unwrap().into(), error["code"].as_str().unwrap().into())
    }

    #[test]
    fn reads_what_is_there() {
        let paging: Paging = parse("limit=7&query=a%20b+c").unwrap();
        assert_eq!(paging, Paging { limit: Some(7), query: Some("a b c".into()) });
    }

    #[test]
    fn names_unknown_doubled_and_wrong_parameters() {
        assert_eq!(first_error("page=2"), ("page".into(), "unknown_field".into()));
        assert_eq!(first_error("limit=1&limit=2"), ("limit".into(), "repeated".into()));
        assert_eq!(first_error("limit=many"), ("limit".into(), "invalid_type".into()));
    }

    #[test]
    fn refuses_what_is_not_utf8() {
        let problem = parse::<Paging>("query=%ff").unwrap_err().document("r");
        assert_eq!(problem["code"], "malformed_request");
    }
}
