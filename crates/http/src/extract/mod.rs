//! What handlers take out of a request. Each of these documents itself and fails with an
//! [`ApiError`](crate::problem::ApiError).

mod body;
mod caller;
mod idempotency_key;
mod if_match;
mod last_event_id;
mod origin;
mod path;
mod query;
mod repeated;
mod report_media;
mod seat;
mod serde_error;
mod table;
mod throttling;
mod upload;
mod uses;

pub(crate) use body::{Body, BodyLimit, MaybeBody, item_of, read_body};
pub(crate) use caller::{MaybeSignedIn, SignedIn, Visitor};
pub(crate) use idempotency_key::{IDEMPOTENCY_KEY, MAX_KEY, idempotency_key};
pub(crate) use if_match::IfMatch;
pub(crate) use last_event_id::LastEventId;
pub(crate) use origin::RequestOrigin;
pub(crate) use path::{
    ImportIdInPath, MovieIdInPath, ReportIdInPath, SessionIdInPath, UsernameInPath,
};
pub(crate) use query::Query;
pub(crate) use report_media::ReportMedia;
pub(crate) use seat::{Seat, Seats};
pub(crate) use table::Table;
pub(crate) use throttling::{Throttling, limits_of};
pub(crate) use upload::{FORM_OVERHEAD, Upload};
pub(crate) use uses::Uses;
