//! What happens to every request, whatever it asks for. `app` wraps them in this order, outermost
//! first: `observe`, `security_headers`, `render_problems`, cross-origin rules; `deadline` wraps
//! each resource.

mod deadline;
mod draining;
mod observe;
mod render_problems;
mod security_headers;

pub(crate) use deadline::{RequestDeadline, deadline};
pub use draining::Draining;
pub(crate) use observe::{X_REQUEST_ID, observe};
pub(crate) use render_problems::render_problems;
pub(crate) use security_headers::security_headers;
