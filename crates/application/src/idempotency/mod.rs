//! Requests that may come twice and are to be done once.

mod begin_request;
mod service;
mod use_cases;

pub use begin_request::{KeyOwner, KeyedRequest};
pub use service::IdempotencyService;
pub use use_cases::*;
