//! Which calls are limited by what, and how clients are told.

mod headers;
mod limits;

pub(crate) use headers::{RATE_LIMIT, RATE_LIMIT_POLICY, write};
pub(crate) use limits::Limits;
