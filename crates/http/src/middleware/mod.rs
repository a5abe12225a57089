//! What happens to every request, whatever it asks for. `envelope` is the outermost layer; inside it
//! stand the cross-origin rules; `guard` wraps each resource.

mod admit;
mod close_unread;
mod deadline;
mod draining;
mod envelope;
mod guard;
mod head;
mod idempotent;
mod observe;
mod render_problems;
mod security_headers;
mod tally;
mod throttle;

pub(crate) use admit::{Admission, UploadPlace};
pub(crate) use deadline::{Patience, RequestDeadline};
pub use draining::Draining;
pub(crate) use envelope::envelope;
pub(crate) use guard::{Pattern, guard};
pub(crate) use idempotent::{IDEMPOTENCY_REPLAYED, takes_keys};
pub(crate) use observe::X_REQUEST_ID;
pub(crate) use tally::Tally;
