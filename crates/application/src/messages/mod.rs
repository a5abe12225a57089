//! The formats of messages that travel through the outbox and queues. Each is versioned in its
//! kind; a format once released is never changed, a new version takes its place.
//!
//! The stores write `rating_changed` and `movie_changed.v1` themselves, because only they know the
//! previous score; the contract suites read what they wrote with the types here.

mod channel;
mod import_requested_v1;
mod mail_requested_v1;
mod message;
mod movie_changed_v1;
mod rating_changed_v1;
mod rating_changed_v2;
mod report_requested_v1;

pub use channel::Channel;
pub use import_requested_v1::ImportRequestedV1;
pub use mail_requested_v1::MailRequestedV1;
pub use message::{Message, MessageError};
pub use movie_changed_v1::MovieChangedV1;
pub use rating_changed_v1::RatingChangedV1;
pub use rating_changed_v2::RatingChangedV2;
pub use report_requested_v1::ReportRequestedV1;
