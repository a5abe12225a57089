//! What handlers take out of a request. Each of these documents itself and fails with an
//! [`ApiError`](crate::problem::ApiError).

mod body;
mod caller;
mod if_match;
mod origin;
mod path;
mod query;
mod serde_error;
mod uses;

pub(crate) use body::Body;
pub(crate) use caller::{MaybeSignedIn, SignedIn};
pub(crate) use if_match::IfMatch;
pub(crate) use origin::RequestOrigin;
pub(crate) use path::{MovieIdInPath, UsernameInPath};
pub(crate) use query::Query;
pub(crate) use uses::Uses;
