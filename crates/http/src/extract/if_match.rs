use std::collections::BTreeMap;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};
use paperclip::actix::OperationModifier;
use paperclip::v2::models::{
    DataType, DefaultOperationRaw, DefaultSchemaRaw, Either, Parameter, ParameterIn,
};
use paperclip::v2::schema::Apiv2Schema;
use reelmark_application::ExpectedVersion;

use crate::problem::{ApiError, ErrorCode};
use crate::respond::EntityTag;

/// The version that an edit starts from: what stood in the `ETag` the client saw, or `*`.
pub(crate) struct IfMatch(pub(crate) ExpectedVersion);

impl FromRequest for IfMatch {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let headers = request.headers().get_all(header::IF_MATCH);
        let values: Option<Vec<&str>> = headers.map(|value| value.to_str().ok()).collect();
        ready(match values.as_deref() {
            Some([]) => {
                let detail = "Send If-Match with the ETag of what you edit.";
                Err(ApiError::new(ErrorCode::PreconditionRequired).detail(detail))
            }
            Some(values) => Ok(Self(expected_version(&values.join(",")))),
            None => Err(ApiError::new(ErrorCode::PreconditionFailed)),
        })
    }
}

/// Tags that no version of ours can have match nothing. Weak tags never match (RFC 9110 §13.1.1).
fn expected_version(header: &str) -> ExpectedVersion {
    if header.trim() == "*" {
        return ExpectedVersion::Any;
    }
    ExpectedVersion::OneOf(header.split(',').filter_map(EntityTag::edited_version).collect())
}

impl Apiv2Schema for IfMatch {}

impl OperationModifier for IfMatch {
    fn update_parameter(op: &mut DefaultOperationRaw) {
        op.parameters.push(Either::Right(Parameter {
            name: "If-Match".to_owned(),
            in_: ParameterIn::Header,
            description: Some("The ETag of the version you edit, or *.".to_owned()),
            required: true,
            data_type: Some(DataType::String),
            ..Parameter::default()
        }));
    }

    fn update_definitions(_: &mut BTreeMap<String, DefaultSchemaRaw>) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use reelmark_application::movie::{EditMovie, EditMovieError};
    use serde_json::json;

    #[test]
    fn reads_one_tag_several_tags_or_any() {
        assert_eq!(expected_version("\"3\""), ExpectedVersion::OneOf(vec![3]));
        assert_eq!(expected_version("\"3.9\", \"4.1\""), ExpectedVersion::OneOf(vec![3, 4]));
        assert_eq!(expected_version(" * "), ExpectedVersion::Any);
    }

    #[test]
    fn weak_and_foreign_tags_match_nothing() {
        assert_eq!(expected_version("W/\"3\", \"abc\", 3"), ExpectedVersion::OneOf(vec![]));
    }

    async fn edit(tags: &[&str]) -> Answer {
        let mut api = Api::new();
        let starts_from_four = |edit: &EditMovie| edit.expected.allows(4);
        let editing = api.movies.expect_edit_movie();
        editing.withf(starts_from_four).returning(|_| Ok(samples::movie()));
        api.movies.expect_edit_movie().returning(|_| Err(EditMovieError::Stale));
        let call = api.patch("/api/v1/movies/42", json!({})).as_curator();
        tags.iter().fold(call, |call, tag| call.header("If-Match", tag)).send().await
    }

    #[actix_web::test]
    async fn an_edit_needs_the_version_it_starts_from() {
        edit(&[]).await.fails(428, "precondition_required");
        for tags in [["\"4.9\""], ["\"4.1\""], ["\"3.9\", \"4.9\""], ["*"]] {
            let answer = edit(&tags).await;
            assert_eq!((answer.status, answer.header("etag")), (200, "\"4.9\""), "{tags:?}");
        }
    }

    #[actix_web::test]
    async fn an_edit_of_another_version_is_refused() {
        for tag in ["\"3.9\"", "W/\"4.9\"", "4", "", "\"99999999999999999999\"", "\u{e9}"] {
            edit(&[tag]).await.fails(412, "precondition_failed");
        }
    }
}
