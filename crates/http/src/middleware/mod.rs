//! What happens to every request, whatever it asks for. `app` wraps them in this order, outermost
//! first: `close_unread`, `observe`, `security_headers`, `render_problems`, cross-origin rules,
//! `admit`, `head`; `deadline`, inside it `throttle` and inside that `idempotent` wrap each resource.

mod admit;
mod close_unread;
mod deadline;
mod draining;
mod head;
mod idempotent;
mod observe;
mod render_problems;
mod security_headers;
mod throttle;

pub(crate) use admit::{Admission, admit};
pub(crate) use close_unread::close_unread;
pub(crate) use deadline::{RequestDeadline, deadline};
pub use draining::Draining;
pub(crate) use head::head;
pub(crate) use idempotent::{IDEMPOTENCY_REPLAYED, idempotent, takes_keys};
pub(crate) use observe::{X_REQUEST_ID, observe};
pub(crate) use render_problems::render_problems;
pub(crate) use security_headers::security_headers;
pub(crate) use throttle::throttle;
