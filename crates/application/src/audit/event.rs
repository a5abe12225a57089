use std::collections::BTreeMap;

use reelmark_domain::{User, UserId};
use time::OffsetDateTime;

use super::AuditKind;
use crate::Origin;
use crate::ports::InsertAuditEvent;

/// Something that happened, put together part by part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEvent {
    kind: AuditKind,
    actor: Option<UserId>,
    subject: Option<UserId>,
    subject_name: Option<String>,
    address: Option<String>,
    detail: BTreeMap<&'static str, String>,
}

impl AuditEvent {
    /// Something of this kind, of which nothing else is known.
    pub fn of(kind: AuditKind) -> Self {
        let (actor, subject, subject_name, address) = (None, None, None, None);
        Self { kind, actor, subject, subject_name, address, detail: BTreeMap::new() }
    }

    /// Who did it.
    pub fn by(self, actor: UserId) -> Self {
        Self { actor: Some(actor), ..self }
    }

    /// Whose account it is about.
    pub fn about(self, user: &User) -> Self {
        let subject_name = Some(user.username().to_string());
        Self { subject: Some(user.id()), subject_name, ..self }
    }

    /// Whose account it is about, when its name is not known or must not be kept.
    pub fn about_id(self, user: UserId) -> Self {
        Self { subject: Some(user), ..self }
    }

    /// Where the request came from; nowhere when it was made at the command line.
    pub fn from<'a>(self, origin: impl Into<Option<&'a Origin>>) -> Self {
        let origin = origin.into();
        Self { address: origin.map(|origin| origin.address.to_string()), ..self }
    }

    /// More about it: a word from a closed set, and never a secret, a name or an address.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.detail.insert(name, value.to_string());
        self
    }

    /// One line in the log, of ids and words alone.
    pub(super) fn log(&self) {
        let id = |id: Option<UserId>| id.map_or("none".to_owned(), |id| id.to_string());
        log::info!(
            target: "reelmark::audit",
            kind = self.kind.as_str(),
            actor = id(self.actor).as_str(),
            subject = id(self.subject).as_str(),
            address = self.address.as_deref().unwrap_or("none");
            "audit event"
        );
    }

    pub(super) fn into_insert(self, at: OffsetDateTime) -> InsertAuditEvent {
        let detail = Some(self.detail).filter(|detail| !detail.is_empty());
        InsertAuditEvent {
            at,
            kind: self.kind.as_str().to_owned(),
            actor_user_id: self.actor.map(UserId::get),
            subject_user_id: self.subject.map(UserId::get),
            subject_name: self.subject_name,
            address: self.address,
            detail: detail.and_then(|detail| serde_json::to_string(&detail).ok()),
        }
    }
}
