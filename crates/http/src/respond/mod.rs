//! What handlers answer with. Each of these documents itself.

mod accepted;
mod caching;
mod content;
mod created;
mod entity_tag;
mod event_stream;
mod listed;
mod no_content;
mod put;
mod requested;
mod tagged;
mod with_cookie;

pub(crate) use accepted::Accepted;
pub(crate) use caching::{NotStored, Private, PrivateIf};
pub(crate) use content::{Content, Prepared};
pub(crate) use created::Created;
pub(crate) use entity_tag::EntityTag;
pub(crate) use event_stream::EventStream;
pub(crate) use listed::{Listed, PageQuery, PageResponse};
pub(crate) use no_content::NoContent;
pub(crate) use put::Put;
pub(crate) use requested::Requested;
pub(crate) use tagged::Tagged;
pub(crate) use with_cookie::{SESSION_COOKIE, WithCookie};
