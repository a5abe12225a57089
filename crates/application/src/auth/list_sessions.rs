use reelmark_domain::{Caller, Session};

use crate::ports::{Clock, RepositoryError, SessionReader};

/// A session of the caller's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSession {
    pub session: Session,
    /// Whether the call belongs to it.
    pub is_current: bool,
}

pub(super) async fn run(
    sessions: &dyn SessionReader,
    clock: &dyn Clock,
    caller: Caller,
) -> Result<Vec<OwnSession>, RepositoryError> {
    let records = sessions.list_of_user(caller.user_id.get(), clock.now()).await?;
    let own = records.into_iter().map(|record| {
        let session = Session::try_from(record)?;
        let is_current = session.id == caller.session_id;
        Ok(OwnSession { session, is_current })
    });
    own.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockSessionReader, SessionRecord};
    use crate::testing::{NOW, caller, clock};
    use mockall::predicate::eq;
    use reelmark_domain::Role;

    fn record(id: i64, device: &str) -> SessionRecord {
        SessionRecord { id, device: device.into(), created_at: NOW, last_used_at: NOW }
    }

    async fn list(records: Vec<SessionRecord>) -> Result<Vec<OwnSession>, RepositoryError> {
        let mut sessions = MockSessionReader::new();
        sessions
            .expect_list_of_user()
            .with(eq(7), eq(NOW))
            .returning(move |_, _| Ok(records.clone()));
        run(&sessions, &clock(), caller(Role::Member)).await
    }

    #[tokio::test]
    async fn marks_the_session_that_the_call_belongs_to() {
        let listed = list(vec![record(71, "curl"), record(70, "Firefox on Linux")]).await.unwrap();
        let current: Vec<_> =
            listed.iter().map(|own| (own.session.id.get(), own.is_current)).collect();
        assert_eq!(current, [(71, false), (70, true)]);
        assert_eq!(listed[1].session.device.as_str(), "Firefox on Linux");
    }

    #[tokio::test]
    async fn a_record_that_breaks_a_rule_is_corrupt() {
        let error = list(vec![record(71, "")]).await;
        assert!(matches!(error, Err(RepositoryError::Corrupt(_))));
    }
}
