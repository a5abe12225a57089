//! What a client is told when something is wrong: RFC 9457 problem documents.

mod api_error;
mod error_code;
mod field_errors;

pub(crate) use api_error::ApiError;
pub(crate) use error_code::ErrorCode;
pub(crate) use field_errors::{FieldError, FieldErrors, INVALID_CURSOR};
