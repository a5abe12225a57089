//! Puts the parts together. This is the only place that knows which engine stands behind a port.

mod app;
mod backup;
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
    check, open_accounts, open_audit, open_dead_letters, open_import, open_instance_export,
    open_personal_imports, open_store, open_tastes, wire, wire_worker,
};
pub use backup::{back_up, restore};
pub use runtime::io_runtime;
