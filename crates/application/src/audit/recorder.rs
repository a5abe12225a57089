use std::sync::Arc;

use super::AuditEvent;
use crate::ports::{AuditTrail, Clock};

/// Writes events into the audit trail and the log.
pub struct AuditRecorder {
    trail: Arc<dyn AuditTrail>,
    clock: Arc<dyn Clock>,
}

impl AuditRecorder {
    pub fn new(trail: Arc<dyn AuditTrail>, clock: Arc<dyn Clock>) -> Self {
        Self { trail, clock }
    }

    /// Records what has happened. What is recorded can't be undone any more, so a failure is told
    /// to the log and never to the caller.
    pub async fn record(&self, event: AuditEvent) {
        event.log();
        let event = event.into_insert(self.clock.now());
        let (kind, subject) = (event.kind.clone(), event.subject_user_id);
        if let Err(error) = self.trail.record(event).await {
            log::error!(
                target: "reelmark::audit",
                kind = kind.as_str(),
                subject:? = subject,
                error:err = error;
                "could not record an audit event"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::AuditKind;
    use crate::ports::{InsertAuditEvent, MockAuditTrail};
    use crate::testing::{NOW, clock, origin, unavailable, user};
    use mockall::predicate::eq;

    fn recorder(trail: MockAuditTrail) -> AuditRecorder {
        AuditRecorder::new(Arc::new(trail), Arc::new(clock()))
    }

    #[tokio::test]
    async fn writes_all_that_is_known_and_when() {
        let expected = InsertAuditEvent {
            at: NOW,
            kind: "role_changed".into(),
            actor_user_id: Some(7),
            subject_user_id: Some(7),
            subject_name: Some("Ada".into()),
            address: Some("192.0.2.7".into()),
            detail: Some(r#"{"role":"curator"}"#.into()),
        };
        let mut trail = MockAuditTrail::new();
        trail.expect_record().with(eq(expected)).once().returning(|_| Ok(()));
        let event = AuditEvent::of(AuditKind::RoleChanged).by(user().id()).about(&user());
        recorder(trail).record(event.from(&origin()).with("role", "curator")).await;
    }

    #[tokio::test]
    async fn writes_what_little_is_known() {
        let mut trail = MockAuditTrail::new();
        let is_bare = |event: &InsertAuditEvent| {
            event.subject_user_id.is_none() && event.detail.is_none() && event.address.is_none()
        };
        trail.expect_record().withf(is_bare).once().returning(|_| Ok(()));
        recorder(trail).record(AuditEvent::of(AuditKind::SignInFailed).from(None)).await;
    }

    #[tokio::test]
    async fn keeps_its_trouble_to_itself() {
        let mut trail = MockAuditTrail::new();
        trail.expect_record().once().returning(|_| Err(unavailable()));
        recorder(trail).record(AuditEvent::of(AuditKind::SignedIn)).await;
    }
}
