//! What happened to accounts, for those who have to find out later.
//!
//! A use case that changes who may do what records an event once its outcome is known:
//!
//! ```text
//! let event = AuditEvent::of(AuditKind::PasswordChanged).by(user.id()).about(&user);
//! audit.record(event.from(&origin)).await;
//! ```

mod event;
mod kind;
mod list_events;
mod recorder;
mod service;
mod use_cases;

pub use event::AuditEvent;
pub use kind::AuditKind;
pub use list_events::{ListEvents, ListEventsError, RecordedEvent};
pub use recorder::AuditRecorder;
pub use service::AuditService;
pub use use_cases::*;
