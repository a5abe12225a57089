use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use paperclip::actix::OperationModifier;
use paperclip::v2::models::{DefaultOperationRaw, DefaultSchemaRaw};
use paperclip::v2::schema::Apiv2Schema;
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

use super::repeated::parameters;
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
    serde_path_to_error::deserialize(parameters(query)).map_err(|error| {
        let path = error.path().clone();
        field_error(&path, &error.into_inner().to_string())
    })
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
        is_new: Option<bool>,
        genre: Option<Vec<String>>,
    }

    fn nothing() -> Paging {
        Paging { limit: None, query: None, is_new: None, genre: None }
    }

    fn first_error(query: &str) -> (String, String) {
        let problem = parse::<Paging>(query).unwrap_err().document("r");
        let error = &problem["errors"][0];
        (error["field"].as_str().unwrap().into(), error["code"].as_str().unwrap().into())
    }

    #[test]
    fn reads_what_is_there() {
        let paging: Paging = parse("limit=7&query=a%20b+c").unwrap();
        let (limit, query) = (Some(7), Some("a b c".into()));
        assert_eq!(paging, Paging { limit, query, ..nothing() });
        assert_eq!(parse::<Paging>("").unwrap(), nothing());
        assert_eq!(parse::<Paging>("is_new=true").unwrap().is_new, Some(true));
    }

    #[test]
    fn a_list_is_given_one_by_one() {
        let paging: Paging = parse("genre=Drama&limit=7&genre=Film+noir").unwrap();
        assert_eq!(
            (paging.limit, paging.genre),
            (Some(7), Some(vec!["Drama".into(), "Film noir".into()]))
        );
        assert_eq!(parse::<Paging>("genre=").unwrap().genre, Some(vec![String::new()]));
    }

    #[test]
    fn names_unknown_doubled_and_wrong_parameters() {
        assert_eq!(first_error("page=2"), ("page".into(), "unknown_field".into()));
        assert_eq!(first_error("limit=1&limit=2"), ("limit".into(), "repeated".into()));
        assert_eq!(first_error("limit=many"), ("limit".into(), "invalid_type".into()));
        assert_eq!(first_error("is_new=yes"), ("is_new".into(), "invalid_type".into()));
        assert_eq!(first_error("query=a&query=b"), ("query".into(), "repeated".into()));
    }

    #[test]
    fn refuses_what_is_not_utf8() {
        let problem = parse::<Paging>("query=%ff").unwrap_err().document("r");
        assert_eq!(problem["code"], "malformed_request");
    }
}
