//! The document of the API: what paperclip derives from the handlers, completed in one place.
//!
//! Paperclip says what the types say: paths, parameters, bodies, summaries. What it can't say is
//! added here once at start-up: numeric and length limits, `null`, the bearer scheme, headers of
//! answers, and which errors an operation has.

mod complete;
mod errors;
mod headers;
mod idempotency;
mod rule;
mod served;

use paperclip::actix::OpenApiExt;
use paperclip::actix::web::scope;
use paperclip::v2::models::{DefaultApiRaw, SecurityScheme};
use serde_json::Value;

pub(crate) use errors::OperationErrors;
pub(crate) use rule::{Rule, page_rules};
pub(crate) use served::{Served, routes};

/// The name of the one security scheme.
pub(crate) const BEARER: &str = "bearerAuth";

/// The finished document.
///
/// # Panics
/// When a rule names something that the handlers don't have. Tests call it, so such a rule can't be
/// released.
pub fn document() -> Value {
    let mut derived = Value::Null;
    let app = actix_web::App::new()
        .wrap_api_with_spec(DefaultApiRaw::default())
        .service(scope("/api/v1").configure(crate::app::routes))
        .with_raw_json_spec_v3(|app, document| {
            derived = document;
            app
        })
        .build();
    drop(app);
    complete::complete(derived)
}

/// Paperclip can't say "bearer", so any scheme stands in for it until the document is completed.
pub(crate) fn bearer_stand_in() -> SecurityScheme {
    SecurityScheme {
        name: Some("Authorization".to_owned()),
        type_: "apiKey".to_owned(),
        in_: Some("header".to_owned()),
        flow: None,
        auth_url: None,
        token_url: None,
        scopes: Default::default(),
        description: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operations(document: &Value) -> Vec<&Value> {
        let paths = document["paths"].as_object().unwrap();
        let operations = paths.values().flat_map(|path| path.as_object().unwrap().values());
        operations.filter(|operation| operation["responses"].is_object()).collect()
    }

    #[test]
    fn every_operation_is_described() {
        let document = document();
        let operations = operations(&document);
        assert!(operations.len() > 15);
        for operation in operations {
            let id = &operation["operationId"];
            assert!(id.is_string(), "{operation}");
            assert!(operation["summary"].is_string(), "{id} has no summary");
            assert!(operation["description"].is_string(), "{id} has no description");
            assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{id} has no tag");
            assert!(operation["responses"]["503"].is_object(), "{id} never fails");
        }
    }

    #[test]
    fn states_the_limits_of_the_domain() {
        let document = document();
        let title = &document["components"]["schemas"]["AddMovieRequest"]["properties"]["title"];
        assert_eq!(title["maxLength"], 200);
        let score = &document["components"]["schemas"]["RateMovieRequest"]["properties"]["score"];
        assert_eq!((score["minimum"].as_i64(), score["maximum"].as_i64()), (Some(1), Some(10)));
    }

    #[test]
    fn says_who_must_sign_in() {
        let document = document();
        let security =
            |path: &str, method: &str| document["paths"][path][method]["security"].clone();
        assert_eq!(security("/api/v1/movies", "post"), serde_json::json!([{BEARER: []}]));
        assert_eq!(
            security("/api/v1/users/{username}", "get"),
            serde_json::json!([{}, {BEARER: []}])
        );
        assert_eq!(security("/api/v1/movies/{id}", "get"), Value::Null);
        let scheme = &document["components"]["securitySchemes"][BEARER];
        assert_eq!(scheme["scheme"], "bearer");
    }

    #[test]
    fn every_error_has_the_problem_schema() {
        let document = document();
        for operation in operations(&document) {
            for (status, response) in operation["responses"].as_object().unwrap() {
                let is_error = status.starts_with('4') || status.starts_with('5');
                let schema = &response["content"]["application/problem+json"]["schema"];
                assert_eq!(schema["$ref"] == "#/components/schemas/Problem", is_error, "{status}");
            }
        }
    }
}
