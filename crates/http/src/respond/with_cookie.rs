use std::collections::BTreeMap;

use actix_web::body::BoxBody;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, Responder};
use paperclip::actix::OperationModifier;
use paperclip::v2::models::{DefaultOperationRaw, DefaultSchemaRaw};
use paperclip::v2::schema::Apiv2Schema;
use reelmark_domain::{Secret, Session};

/// The cookie that holds a refresh token. With this prefix browsers take it over a safe connection
/// alone, for this very host, and never from another.
pub(crate) const SESSION_COOKIE: &str = "__Host-reelmark";

/// Who gets it: this host, over a safe connection, on requests that its own pages make; no script.
const REACH: &str = "Path=/; Secure; HttpOnly; SameSite=Strict";

/// An answer that may change the cookie with the refresh token.
// It has no debug output, because a token stands in it.
pub(crate) struct WithCookie<R> {
    answer: R,
    cookie: Option<String>,
}

impl<R> WithCookie<R> {
    /// Leaves the cookie as it is.
    pub(crate) fn unchanged(answer: R) -> Self {
        Self { answer, cookie: None }
    }

    /// Keeps a refresh token for as long as it could be good.
    pub(crate) fn keeping(token: &Secret, answer: R) -> Self {
        let age = Session::IDLE_LIMIT.whole_seconds();
        let cookie = format!("{SESSION_COOKIE}={}; Max-Age={age}; {REACH}", token.expose());
        Self { answer, cookie: Some(cookie) }
    }

    /// Takes the cookie away.
    pub(crate) fn forgetting(answer: R) -> Self {
        let cookie = format!("{SESSION_COOKIE}=; Max-Age=0; {REACH}");
        Self { answer, cookie: Some(cookie) }
    }
}

impl<R: Responder<Body: 'static>> Responder for WithCookie<R> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut response = self.answer.respond_to(request).map_into_boxed_body();
        let cookie = self.cookie.and_then(|cookie| HeaderValue::from_str(&cookie).ok());
        if let Some(cookie) = cookie {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }
}

impl<R: Apiv2Schema> Apiv2Schema for WithCookie<R> {
    fn name() -> Option<String> {
        R::name()
    }

    fn raw_schema() -> DefaultSchemaRaw {
        R::raw_schema()
    }
}

impl<R: OperationModifier> OperationModifier for WithCookie<R> {
    fn update_response(op: &mut DefaultOperationRaw) {
        R::update_response(op);
    }

    fn update_definitions(map: &mut BTreeMap<String, DefaultSchemaRaw>) {
        R::update_definitions(map);
    }
}
