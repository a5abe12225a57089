use std::collections::BTreeMap;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap, HeaderName};
use actix_web::{FromRequest, HttpRequest};
use paperclip::actix::{Apiv2Schema, OperationModifier};
use paperclip::v2::models::{DefaultOperationRaw, DefaultSchemaRaw};
use reelmark_domain::{Secret, ValueError};
use serde::Deserialize;
use serde_json::json;

use crate::extract::Query;
use crate::openapi::Rule;
use crate::problem::{ApiError, ErrorCode, FieldErrors};
use crate::respond::SESSION_COOKIE;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
struct CarrierQuery {
    /// `cookie` keeps the refresh token out of the sight of scripts, for pages of this very origin.
    session: Option<String>,
}

/// What carries the refresh token between the client and the service.
// It has no debug output, because a token stands in it.
pub(super) enum Carrier {
    /// The bodies of requests and answers.
    Body,
    /// A cookie that no script can read, with what it holds now.
    Cookie(Option<Secret>),
}

impl Carrier {
    pub(super) fn is_cookie(&self) -> bool {
        matches!(self, Self::Cookie(_))
    }

    fn of(request: &HttpRequest) -> Result<Self, ApiError> {
        let query =
            Query::<CarrierQuery>::from_request(request, &mut Payload::None).into_inner()?;
        let mut errors = FieldErrors::default();
        let is_cookie = errors.optional("session", query.0.session.as_deref(), is_cookie);
        errors.finish(Some(()))?;
        if is_cookie != Some(true) {
            return Ok(Self::Body);
        }
        // Browsers send the cookie along whoever makes them send a request.
        if !comes_from_own_page(request) {
            return Err(ApiError::new(ErrorCode::CrossOrigin));
        }
        Ok(Self::Cookie(cookie(request.headers())))
    }
}

fn is_cookie(raw: &str) -> Result<bool, ValueError> {
    match raw {
        "body" => Ok(false),
        "cookie" => Ok(true),
        _ => Err(ValueError::Malformed { expected: "one of body, cookie" }),
    }
}

/// Whether a page of this origin sent it, by the headers that browsers write and scripts can't.
/// `Origin` counts where there is no `Sec-Fetch-Site`, which old browsers don't know.
fn comes_from_own_page(request: &HttpRequest) -> bool {
    let text = |name| request.headers().get(name).map(|value| value.to_str().unwrap_or_default());
    if let Some(site) = text(SEC_FETCH_SITE) {
        return site == "same-origin";
    }
    // HTTP/2 has the host in the address.
    let host = request.uri().authority().map(|authority| authority.as_str());
    let host = host.or_else(|| text(header::HOST));
    let origin = text(header::ORIGIN).and_then(|origin| origin.split_once("://"));
    origin.is_some_and(|(_, authority)| host == Some(authority))
}

fn cookie(headers: &HeaderMap) -> Option<Secret> {
    let lines = headers.get_all(header::COOKIE).filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    let (_, token) = pairs.find(|(name, _)| name.trim() == SESSION_COOKIE)?;
    Secret::parse(token.trim().to_owned()).ok()
}

impl FromRequest for Carrier {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request))
    }
}

impl paperclip::v2::schema::Apiv2Schema for Carrier {}

impl OperationModifier for Carrier {
    fn update_parameter(op: &mut DefaultOperationRaw) {
        Query::<CarrierQuery>::update_parameter(op);
    }

    fn update_definitions(_: &mut BTreeMap<String, DefaultSchemaRaw>) {}
}

/// What the document says of the parameter.
pub(super) fn rule(operation: &'static str) -> Rule {
    let values = json!({"enum": ["body", "cookie"], "default": "body"});
    Rule::parameter(operation, "session", values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn carried(headers: &[(&'static str, &str)]) -> Result<Carrier, ApiError> {
        let request = TestRequest::with_uri("/auth/refresh?session=cookie");
        let request =
            headers.iter().fold(request, |request, header| request.insert_header(*header));
        Carrier::of(&request.to_http_request())
    }

    #[test]
    fn browsers_say_whose_page_sent_it() {
        for (headers, is_own) in [
            (&[("sec-fetch-site", "same-origin")][..], true),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "none")], false),
            (&[("host", "a.example"), ("origin", "https://a.example")], true),
            (&[("host", "a.example:81"), ("origin", "http://a.example:81")], true),
            (&[("host", "a.example"), ("origin", "https://a.example:444")], false),
            (&[("host", "a.example"), ("origin", "https://a.example.evil")], false),
            (&[("host", "a.example"), ("origin", "null")], false),
            (&[("host", "a.example"), ("referer", "https://a.example/")], false),
            (
                &[
                    ("sec-fetch-site", "cross-site"),
                    ("host", "a.example"),
                    ("origin", "https://a.example"),
                ],
                false,
            ),
            (&[], false),
        ] {
            let refused = carried(headers).err().map(|error| error.code());
            let expected = (!is_own).then_some(ErrorCode::CrossOrigin);
            assert_eq!(refused, expected, "{headers:?}");
        }
    }

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let own = ("sec-fetch-site", "same-origin");
        for (cookies, expected) in [
            ("theme=dark; __Host-reelmark=abc; x=y", Some("abc")),
            ("__Host-reelmark=abc", Some("abc")),
            ("__Secure-reelmark=abc; not__Host-reelmark=def", None),
            ("__Host-reelmark=", None),
            ("", None),
        ] {
            let carrier = carried(&[own, ("cookie", cookies)]);
            let Ok(Carrier::Cookie(token)) = carrier else { panic!("{cookies} was refused") };
            assert_eq!(token.as_ref().map(Secret::expose), expected, "{cookies}");
        }
    }
}
