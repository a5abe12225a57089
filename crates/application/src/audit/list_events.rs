use std::collections::BTreeMap;

use reelmark_domain::{Action, Caller, Cursor, CursorError, Forbidden, Page, PageLimit, UserId};
use thiserror::Error;
use time::OffsetDateTime;

use super::AuditKind;
use crate::ports::{
    AuditEventRecord, AuditPosition, AuditReader, ListAuditEvents, RepositoryError,
};

const LIST: &str = "audit events";

/// Somebody wants to see what happened.
#[derive(Clone, Debug)]
pub struct ListEvents {
    pub caller: Caller,
    pub kind: Option<AuditKind>,
    /// Whose account it is about.
    pub subject: Option<UserId>,
    /// At this time or later.
    pub from: Option<OffsetDateTime>,
    /// Before this time.
    pub to: Option<OffsetDateTime>,
    pub limit: PageLimit,
    pub cursor: Option<Cursor>,
}

/// An event as it was recorded. Its kind is a text, because another version may have recorded it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedEvent {
    pub id: i64,
    pub at: OffsetDateTime,
    pub kind: String,
    pub actor_id: Option<i64>,
    pub subject_id: Option<i64>,
    /// The username at that time; erased with the account.
    pub subject_name: Option<String>,
    pub address: Option<String>,
    pub detail: BTreeMap<String, String>,
}

/// Why events are not shown.
#[derive(Debug, Error)]
pub enum ListEventsError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error(transparent)]
    Cursor(#[from] CursorError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    events: &dyn AuditReader,
    query: ListEvents,
) -> Result<Page<RecordedEvent>, ListEventsError> {
    query.caller.authorize(Action::ReadAuditTrail)?;
    let list = ListAuditEvents {
        kind: query.kind.map(|kind| kind.as_str().to_owned()),
        subject_user_id: query.subject.map(UserId::get),
        from: query.from,
        to: query.to,
        after: query.cursor.as_ref().map(position).transpose()?,
        limit: query.limit.get() + 1,
    };
    let records = events.list(list).await?;
    let items = records.into_iter().map(RecordedEvent::try_from).collect::<Result<_, _>>()?;
    Ok(Page::of(items, query.limit, cursor_of))
}

fn position(cursor: &Cursor) -> Result<AuditPosition, CursorError> {
    let [at, id] = cursor.keys(LIST)?;
    Ok(AuditPosition { at_micros: Cursor::read(at)?, id: Cursor::read(id)? })
}

fn cursor_of(event: &RecordedEvent) -> Cursor {
    let micros = event.at.unix_timestamp_nanos() / 1000;
    Cursor::new(LIST, &[&micros.to_string(), &event.id.to_string()])
}

impl TryFrom<AuditEventRecord> for RecordedEvent {
    type Error = RepositoryError;

    fn try_from(AuditEventRecord { id, event }: AuditEventRecord) -> Result<Self, RepositoryError> {
        let detail = event.detail.as_deref().unwrap_or("{}");
        Ok(Self {
            id,
            at: event.at,
            kind: event.kind,
            actor_id: event.actor_user_id,
            subject_id: event.subject_user_id,
            subject_name: event.subject_name,
            address: event.address,
            detail: serde_json::from_str(detail)
                .map_err(|error| RepositoryError::Corrupt(Box::new(error)))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{InsertAuditEvent, MockAuditReader};
    use crate::testing::{NOW, caller};
    use reelmark_domain::Role;

    fn query(role: Role) -> ListEvents {
        ListEvents {
            caller: caller(role),
            kind: Some(AuditKind::RoleChanged),
            subject: UserId::parse(7).ok(),
            from: Some(NOW),
            to: None,
            limit: PageLimit::parse(1).unwrap(),
            cursor: None,
        }
    }

    fn record(id: i64, detail: Option<&str>) -> AuditEventRecord {
        let event = InsertAuditEvent {
            at: NOW,
            kind: "role_changed".into(),
            actor_user_id: Some(1),
            subject_user_id: Some(7),
            subject_name: Some("Ada".into()),
            address: None,
            detail: detail.map(str::to_owned),
        };
        AuditEventRecord { id, event }
    }

    #[tokio::test]
    async fn lists_a_page_and_goes_on_behind_it() {
        let mut events = MockAuditReader::new();
        let is_ours = |list: &ListAuditEvents| {
            list.kind.as_deref() == Some("role_changed")
                && (list.subject_user_id, list.from, list.to) == (Some(7), Some(NOW), None)
                && (list.after, list.limit) == (None, 2)
        };
        let two = || vec![record(9, Some(r#"{"role":"admin"}"#)), record(8, None)];
        events.expect_list().withf(is_ours).once().returning(move |_| Ok(two()));
        let page = run(&events, query(Role::Admin)).await.unwrap();
        assert_eq!((page.items.len(), page.items[0].id), (1, 9));
        assert_eq!(page.items[0].detail["role"], "admin");

        let mut events = MockAuditReader::new();
        let place = AuditPosition { at_micros: 0, id: 9 };
        let is_behind = move |list: &ListAuditEvents| list.after == Some(place);
        events.expect_list().withf(is_behind).once().returning(|_| Ok(vec![record(8, None)]));
        let page = run(&events, ListEvents { cursor: page.next, ..query(Role::Admin) }).await;
        assert_eq!(page.unwrap().next, None);
    }

    #[tokio::test]
    async fn shows_nothing_to_those_who_are_no_admins() {
        for role in [Role::Member, Role::Curator] {
            let error = run(&MockAuditReader::new(), query(role)).await;
            assert!(matches!(error, Err(ListEventsError::Forbidden(_))));
        }
    }

    #[tokio::test]
    async fn refuses_the_cursor_of_another_list() {
        let cursor = Some(Cursor::new("movies", &["1", "2"]));
        let error = run(&MockAuditReader::new(), ListEvents { cursor, ..query(Role::Admin) }).await;
        assert!(matches!(error, Err(ListEventsError::Cursor(_))));
    }

    #[tokio::test]
    async fn a_detail_that_can_not_be_read_is_corrupt() {
        let mut events = MockAuditReader::new();
        events.expect_list().returning(|_| Ok(vec![record(9, Some("[]"))]));
        let error = run(&events, query(Role::Admin)).await;
        assert!(matches!(error, Err(ListEventsError::Store(RepositoryError::Corrupt(_)))));
    }
}
