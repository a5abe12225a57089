use actix_web::http::StatusCode;

/// Declares the closed registry of public error codes: variant, status, stable code, title.
macro_rules! error_codes {
    ($($name:ident $status:literal $code:literal $title:literal)*) => {
        /// Everything that can be wrong, as clients see it. Codes are stable: clients switch on them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum ErrorCode { $($name),* }

        impl ErrorCode {
            /// All codes.
            pub(crate) const ALL: &[Self] = &[$(Self::$name),*];

            fn row(self) -> (u16, &'static str, &'static str) {
                match self { $(Self::$name => ($status, $code, $title)),* }
            }
        }
    };
}

error_codes! {
    MalformedRequest     400 "malformed_request"      "The request can't be read"
    MalformedJson        400 "malformed_json"         "The body is not JSON"
    Unauthenticated      401 "unauthenticated"        "Sign in first"
    InvalidToken         401 "invalid_token"          "The access token is not valid"
    TokenExpired         401 "token_expired"          "The access token has expired"
    InvalidCredentials   401 "invalid_credentials"    "The login or the password is wrong"
    InvalidRefreshToken  401 "invalid_refresh_token"  "The refresh token is not valid"
    ActivationRequired   403 "activation_required"    "Activate the account first"
    Forbidden            403 "forbidden"              "Your role does not allow this"
    CrossOrigin          403 "cross_origin"           "Only this service's own pages may do this"
    WrongPassword        403 "wrong_password"         "The password is wrong"
    NotFound             404 "not_found"              "There is nothing here"
    MovieNotFound        404 "movie_not_found"        "There is no such movie"
    UserNotFound         404 "user_not_found"         "There is no such user"
    ReportNotFound       404 "report_not_found"       "There is no such report"
    ImportNotFound       404 "import_not_found"       "There is no such import"
    RatingNotFound       404 "rating_not_found"       "You have not rated this movie"
    SessionNotFound      404 "session_not_found"      "You have no such session"
    MethodNotAllowed     405 "method_not_allowed"     "This method is not supported here"
    NotAcceptable        406 "not_acceptable"         "No such representation"
    RequestTimeout       408 "request_timeout"        "The request took too long"
    UsernameTaken        409 "username_taken"         "The username is taken"
    EmailTaken           409 "email_taken"            "The e-mail address is taken"
    ExternalIdTaken      409 "external_id_taken"      "Another movie has this external id"
    IdempotencyInFlight  409 "idempotency_in_flight"  "The first request with this key is under way"
    LastAdmin            409 "last_admin"             "Nobody else is an admin"
    TooManyReports       409 "too_many_reports"       "Wait for your other reports first"
    ReportNotReady       409 "report_not_ready"       "The report has no result yet"
    TooManyImports       409 "too_many_imports"       "Wait for your other imports, or remove some"
    ImportUnfinished     409 "import_unfinished"      "The import is under way"
    PreconditionFailed   412 "precondition_failed"    "It was changed in the meantime"
    BodyTooLarge         413 "body_too_large"         "The body is too large"
    UriTooLong           414 "uri_too_long"           "The address is too long"
    UnsupportedMediaType 415 "unsupported_media_type" "The body must be application/json"
    ValidationFailed     422 "validation_failed"      "Some fields break a rule"
    IdempotencyKeyReused 422 "idempotency_key_reused" "The key belongs to another request"
    InvalidCode          422 "invalid_code"           "The code is wrong, used or expired"
    PreconditionRequired 428 "precondition_required"  "Say which version you edit"
    TooManyRequests      429 "too_many_requests"      "Too many requests, slow down"
    HeadersTooLarge      431 "headers_too_large"      "The headers are too large"
    Internal             500 "internal_error"         "Something went wrong on our side"
    Unavailable          503 "unavailable"            "Try again in a moment"
    Overloaded           503 "overloaded"             "Too busy, try again in a moment"
}

impl ErrorCode {
    /// The HTTP status.
    pub(crate) fn status(self) -> StatusCode {
        StatusCode::from_u16(self.row().0).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The stable, machine-readable name.
    pub(crate) fn code(self) -> &'static str {
        self.row().1
    }

    /// The same few words for every occurrence.
    pub(crate) fn title(self) -> &'static str {
        self.row().2
    }

    /// The code that best names an error which the framework raised with this status.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let same_status = |code: &&Self| code.status() == status;
        let fallback =
            if status.is_server_error() { Self::Internal } else { Self::MalformedRequest };
        Self::ALL.iter().find(same_status).copied().unwrap_or(fallback)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_distinct_and_has_an_error_status() {
        for (place, code) in ErrorCode::ALL.iter().enumerate() {
            let status = code.status();
            assert!(status.is_client_error() || status.is_server_error(), "{code:?}");
            let twin = ErrorCode::ALL[..place].iter().find(|other| other.code() == code.code());
            assert_eq!(twin, None);
        }
    }

    #[test]
    fn names_the_errors_of_the_framework() {
        assert_eq!(ErrorCode::of_status(StatusCode::NOT_FOUND), ErrorCode::NotFound);
        assert_eq!(ErrorCode::of_status(StatusCode::IM_A_TEAPOT), ErrorCode::MalformedRequest);
        assert_eq!(ErrorCode::of_status(StatusCode::BAD_GATEWAY), ErrorCode::Internal);
    }
}
