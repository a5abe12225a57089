//! Puts the parts together. This is the only place that knows which engine stands behind a port.

mod app;
mod bearers;
mod cache;
mod mail;
mod queue;
mod runtime;
mod security;
mod store;
mod throttle;
mod token_secret;
mod use_cases;

pub use app::{
    check, open_accounts, open_audit, open_dead_letters, open_store, open_tastes, wire, wire_worker,
};
pub use runtime::io_runtime;
