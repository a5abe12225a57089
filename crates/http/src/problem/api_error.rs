use std::error::Error;
use std::fmt;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use paperclip::v2::schema::Apiv2Errors;
use reelmark_application::ports::{Cause, PasswordHasherError, RepositoryError};
use reelmark_application::throttling::Throttled;
use reelmark_domain::{CursorError, Forbidden};
use serde_json::{Value, json};

use super::{ErrorCode, FieldError, INVALID_CURSOR};

/// Seconds after which trying again makes sense, when a dependency is down or the service is busy.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// A failed request: what the client is told, and the cause that only the log gets to see.
///
/// The document is written by the middleware `render_problems`, which knows the request's id.
#[derive(Debug)]
pub(crate) struct ApiError {
    code: ErrorCode,
    detail: String,
    fields: Vec<FieldError>,
    allow: Option<&'static str>,
    retry_after: Duration,
    cause: Option<Cause>,
}

impl ApiError {
    /// An error of this kind, explained by its title.
    pub(crate) fn new(code: ErrorCode) -> Self {
        let detail = format!("{}.", code.title());
        Self { code, detail, fields: vec![], allow: None, retry_after: RETRY_AFTER, cause: None }
    }

    /// Explains this occurrence to the client, in a sentence.
    pub(crate) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// Keeps the cause for the log.
    pub(crate) fn caused_by(mut self, cause: impl Into<Cause>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Names the methods that are supported (RFC 9110 §15.5.6 demands it with 405).
    pub(crate) fn allow(mut self, methods: &'static str) -> Self {
        self.allow = Some(methods);
        self
    }

    /// Says when trying again makes sense, where the answer says so at all.
    fn retry_after(mut self, wait: Duration) -> Self {
        self.retry_after = wait;
        self
    }

    /// Whole seconds, none of them too early.
    fn retry_after_seconds(&self) -> u64 {
        self.retry_after.as_secs() + u64::from(self.retry_after.subsec_nanos() > 0)
    }

    pub(super) fn fields(mut self, fields: Vec<FieldError>) -> Self {
        self.fields = fields;
        self
    }

    /// The first field that breaks a rule.
    pub(crate) fn first_field(&self) -> Option<&FieldError> {
        self.fields.first()
    }

    /// What kind of error it is.
    pub(crate) fn code(&self) -> ErrorCode {
        self.code
    }

    /// The cause that the client must not see.
    pub(crate) fn cause(&self) -> Option<&(dyn Error + Send + Sync)> {
        self.cause.as_deref()
    }

    /// The problem document.
    pub(crate) fn document(&self, request_id: &str) -> Value {
        json!({
            "type": format!("urn:reelmark:problem:{}", self.code.code()),
            "title": self.code.title(),
            "status": self.code.status().as_u16(),
            "code": self.code.code(),
            "detail": self.detail,
            "request_id": request_id,
            "errors": self.fields,
        })
    }

    fn challenge(&self) -> &'static str {
        // RFC 6750 §3.1: no error attribute when there was no token at all.
        match self.code {
            ErrorCode::Unauthenticated
            | ErrorCode::InvalidCredentials
            | ErrorCode::InvalidRefreshToken => r#"Bearer realm="reelmark""#,
            _ => r#"Bearer realm="reelmark", error="invalid_token""#,
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.code())
    }
}

impl Error for ApiError {}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.code.status()
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        if let Some(methods) = self.allow {
            // Whatever answers GET answers HEAD.
            response.insert_header((header::ALLOW, methods.replacen("GET", "GET, HEAD", 1)));
        }
        match self.code.status() {
            StatusCode::UNAUTHORIZED => {
                let challenge = HeaderValue::from_static(self.challenge());
                response.insert_header((header::WWW_AUTHENTICATE, challenge));
            }
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => {
                response.insert_header((header::RETRY_AFTER, self.retry_after_seconds()));
            }
            StatusCode::REQUEST_TIMEOUT => {
                response.force_close();
            }
            _ if matches!(
                self.code,
                ErrorCode::IdempotencyInFlight | ErrorCode::ReportNotReady
            ) =>
            {
                response.insert_header((header::RETRY_AFTER, self.retry_after_seconds()));
            }
            _ => {}
        }
        response.finish()
    }
}

/// Which codes an operation answers with stands beside the operation and is put into the document
/// by `openapi`, because one error type serves them all.
impl Apiv2Errors for ApiError {}

impl From<RepositoryError> for ApiError {
    fn from(error: RepositoryError) -> Self {
        let code = match error {
            RepositoryError::Unavailable(_) => ErrorCode::Unavailable,
            _ => ErrorCode::Internal,
        };
        Self::new(code).caused_by(error)
    }
}

impl From<PasswordHasherError> for ApiError {
    fn from(error: PasswordHasherError) -> Self {
        match error {
            PasswordHasherError::Busy => Self::new(ErrorCode::Overloaded),
            error @ PasswordHasherError::Failed(_) => {
                Self::new(ErrorCode::Internal).caused_by(error)
            }
        }
    }
}

impl From<Throttled> for ApiError {
    fn from(throttled: Throttled) -> Self {
        Self::new(ErrorCode::TooManyRequests).retry_after(throttled.retry_after)
    }
}

impl From<Forbidden> for ApiError {
    fn from(forbidden: Forbidden) -> Self {
        let detail = format!("This {forbidden}.");
        Self::new(ErrorCode::Forbidden).detail(detail)
    }
}

impl From<CursorError> for ApiError {
    fn from(error: CursorError) -> Self {
        Self::field("cursor", INVALID_CURSOR, &error.to_string())
    }
}
