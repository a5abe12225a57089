use std::borrow::Cow;
use std::collections::BTreeMap;

use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::audit::{
    AuditKind, AuditUseCases, ListEvents, ListEventsError, RecordedEvent,
};
use reelmark_domain::{Caller, Page, PageLimit, UserId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::extract::{Query, SignedIn, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode, FieldErrors};
use crate::respond::{Listed, NotStored, PageQuery, PageResponse};
use crate::timestamp::{parse_timestamp, timestamp};

pub(super) const ERRORS: OperationErrors =
    OperationErrors("listAuditEvents", &[ErrorCode::Forbidden]);

#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct ListAuditEventsQuery {
    /// What happened.
    kind: Option<String>,
    /// The id of the user whose account it happened to.
    subject: Option<i64>,
    /// The earliest time.
    from: Option<String>,
    /// The time before which it happened.
    to: Option<String>,
    /// How many events a page holds.
    limit: Option<i64>,
    /// Where the page starts: `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A page of events.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct AuditEventPage {
    /// The events, latest first.
    items: Vec<AuditEventResponse>,
    /// What to ask the next page with; null on the last one.
    next_cursor: Option<String>,
}

/// Something that happened to an account.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct AuditEventResponse {
    /// The event's id.
    id: i64,
    /// When it happened.
    at: String,
    /// What happened. New kinds may come.
    kind: String,
    /// The id of the user who did it; null when nobody was signed in.
    actor_id: Option<i64>,
    /// The id of the user whose account it happened to; null when there is none.
    subject_id: Option<i64>,
    /// Their username at that time; erased when the account is deleted.
    subject_username: Option<String>,
    /// Where the request came from; null when it was made at the command line, and erased when the
    /// account is deleted.
    address: Option<String>,
    /// More about it.
    detail: BTreeMap<String, String>,
}

/// List what happened to accounts
///
/// A page of events, latest first: who signed in or failed to, signed up, got a role and the like.
/// Events are kept for 400 days. Needs the role admin.
#[api_v2_operation(tags(Admin), operation_id = "listAuditEvents")]
pub(super) async fn list_audit_events(
    events: Uses<dyn AuditUseCases>,
    caller: SignedIn,
    query: Query<ListAuditEventsQuery>,
) -> Result<NotStored<Listed<AuditEventPage>>, ApiError> {
    let page = events.list_events(query.0.into_query(caller.0)?).await?;
    Ok(NotStored(Listed(page.into())))
}

impl ListAuditEventsQuery {
    fn into_query(self, caller: Caller) -> Result<ListEvents, ApiError> {
        let mut errors = FieldErrors::default();
        let paging = PageQuery { limit: self.limit, cursor: self.cursor, count: None };
        let paging = paging.check(&mut errors);
        let query = ListEvents {
            caller,
            kind: errors.optional("kind", self.kind.as_deref(), AuditKind::parse),
            subject: errors.optional("subject", self.subject, UserId::parse),
            from: errors.optional("from", self.from.as_deref(), parse_timestamp),
            to: errors.optional("to", self.to.as_deref(), parse_timestamp),
            limit: paging.limit,
            cursor: paging.cursor,
        };
        errors.finish(Some(query))
    }
}

impl From<Page<RecordedEvent>> for AuditEventPage {
    fn from(page: Page<RecordedEvent>) -> Self {
        Self {
            items: page.items.into_iter().map(AuditEventResponse::from).collect(),
            next_cursor: page.next.map(|cursor| cursor.encode()),
        }
    }
}

impl From<RecordedEvent> for AuditEventResponse {
    fn from(event: RecordedEvent) -> Self {
        Self {
            id: event.id,
            at: timestamp(event.at),
            kind: event.kind,
            actor_id: event.actor_id,
            subject_id: event.subject_id,
            subject_username: event.subject_name,
            address: event.address,
            detail: event.detail,
        }
    }
}

impl PageResponse for AuditEventPage {
    fn next_cursor(&self) -> Option<Cow<'_, str>> {
        self.next_cursor.as_deref().map(Cow::from)
    }
}

impl From<ListEventsError> for ApiError {
    fn from(error: ListEventsError) -> Self {
        match error {
            ListEventsError::Forbidden(forbidden) => forbidden.into(),
            ListEventsError::Cursor(error) => error.into(),
            ListEventsError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let operation = "listAuditEvents";
    let kinds: Vec<&str> = AuditKind::ALL.iter().map(|kind| kind.as_str()).collect();
    let limit =
        json!({"minimum": 1, "maximum": PageLimit::MAX, "default": PageLimit::DEFAULT.get()});
    let time = json!({"format": "date-time"});
    vec![
        Rule::parameter(operation, "kind", json!({"enum": kinds})),
        Rule::parameter(operation, "subject", json!({"minimum": 1})),
        Rule::parameter(operation, "from", time.clone()),
        Rule::parameter(operation, "to", time),
        Rule::parameter(operation, "limit", limit),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use reelmark_domain::{Action, Cursor, CursorError, Role};

    const PATH: &str = "/api/v1/admin/audit-events";

    fn page() -> Page<RecordedEvent> {
        let event = RecordedEvent {
            id: 9,
            at: samples::NOON,
            kind: "role_changed".into(),
            actor_id: Some(1),
            subject_id: Some(7),
            subject_name: Some("Ada_L".into()),
            address: None,
            detail: BTreeMap::from([("role".into(), "curator".into())]),
        };
        Page { items: vec![event], next: Some(Cursor::new("list", &["1"])), total: None }
    }

    async fn failing_with(error: ListEventsError) -> Answer {
        let mut api = Api::new();
        api.audit.expect_list_events().return_once(|_| Err(error));
        api.get(PATH).as_admin().send().await
    }

    #[actix_web::test]
    async fn lists_the_events_that_pass_every_filter() {
        let mut api = Api::new();
        let is_ours = |query: &ListEvents| {
            query.caller == samples::caller(Role::Admin)
                && query.kind == Some(AuditKind::RoleChanged)
                && query.subject.map(UserId::get) == Some(7)
                && (query.from, query.to) == (Some(samples::NOON), Some(samples::ONE))
                && query.limit.get() == 1
        };
        api.audit.expect_list_events().withf(is_ours).returning(|_| Ok(page()));
        let filter = "kind=role_changed&subject=7&from=2026-03-01T12:00:00Z\
            &to=2026-03-01T14:00:00%2B01:00&limit=1";
        let answer = api.get(&format!("{PATH}?{filter}")).as_admin().send().await;
        let next = Cursor::new("list", &["1"]).encode();
        let expected = json!({
            "items": [{
                "id": 9,
                "at": "2026-03-01T12:00:00Z",
                "kind": "role_changed",
                "actor_id": 1,
                "subject_id": 7,
                "subject_username": "Ada_L",
                "address": null,
                "detail": {"role": "curator"},
            }],
            "next_cursor": next,
        });
        assert_eq!((answer.status, answer.json()), (200, expected));
        assert!(answer.header("link").contains(&next));
        assert_eq!(answer.header("cache-control"), "no-store");
    }

    #[actix_web::test]
    async fn refuses_filters_that_fit_nothing() {
        let cases = [
            ("kind=sneezed", "kind", "malformed"),
            ("subject=0", "subject", "out_of_range"),
            ("subject=ada", "subject", "invalid_type"),
            ("from=yesterday", "from", "malformed"),
            ("to=2026-03-01", "to", "malformed"),
            ("limit=101", "limit", "out_of_range"),
            ("cursor=bm90IGEgY3Vyc29y", "cursor", "invalid_cursor"),
            ("page=2", "page", "unknown_field"),
        ];
        for (query, field, code) in cases {
            let answer = Api::new().get(&format!("{PATH}?{query}")).as_admin().send().await;
            answer.refuses(&[(field, code)]);
        }
    }

    #[actix_web::test]
    async fn says_who_may_see_it_and_when_it_is_not_there() {
        let member = samples::caller(Role::Member);
        let forbidden = member.authorize(Action::ReadAuditTrail).unwrap_err();
        failing_with(forbidden.into()).await.fails(403, "forbidden");
        failing_with(CursorError.into()).await.refuses(&[("cursor", "invalid_cursor")]);
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
        Api::new().get(PATH).send().await.fails(401, "unauthenticated");
    }
}
