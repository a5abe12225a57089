//! The contracts of `AuditTrail` and `AuditReader`.

use reelmark_application::ports::{
    AuditEventRecord, AuditPosition, InsertAuditEvent, ListAuditEvents,
};
use time::OffsetDateTime;

use super::Stores;
use crate::builders::{NOON, minute};

pub async fn an_event_is_read_back_as_recorded(stores: Stores) {
    let bare = InsertAuditEvent {
        actor_user_id: None,
        subject_user_id: None,
        subject_name: None,
        address: None,
        detail: None,
        ..event(NOON)
    };
    let full = InsertAuditEvent {
        kind: super::texts::awkward_paragraphs(),
        address: Some("2001:db8::7".into()),
        detail: Some(r#"{"role":"curator"}"#.into()),
        ..event(minute(1))
    };
    record(&stores, [bare.clone(), full.clone()]).await;

    assert_eq!(events(&list(&stores, all()).await), [full, bare]);
}

pub async fn the_latest_events_come_first_and_pages_hold_each_once(stores: Stores) {
    // Three minutes with three events each, which are told apart by their ids.
    let times = [1, 0, 2, 0, 1, 2, 2, 0, 1].map(|n| event(minute(n)));
    record(&stores, times).await;
    let whole = list(&stores, all()).await;
    assert_eq!(whole.len(), 9);
    let place = |record: &AuditEventRecord| (record.event.at, record.id);
    assert!(whole.is_sorted_by(|one, next| place(one) > place(next)));

    for limit in [1, 2, 4, 9] {
        let (mut paged, mut after) = (Vec::new(), None);
        loop {
            let page = list(&stores, ListAuditEvents { after, limit, ..all() }).await;
            let Some(last) = page.last() else { break };
            assert!(page.len() <= limit);
            after = Some(AuditPosition { at_micros: micros(last.event.at), id: last.id });
            paged.extend(page);
        }
        assert_eq!(paged, whole, "{limit} by {limit}");
    }
}

pub async fn filters_by_kind_subject_and_time(stores: Stores) {
    let about = |subject, kind: &str, n| InsertAuditEvent {
        subject_user_id: Some(subject),
        kind: kind.into(),
        ..event(minute(n))
    };
    record(&stores, [about(7, "in", 0), about(8, "in", 1), about(7, "out", 2), about(7, "in", 3)])
        .await;
    let found = async |filter: ListAuditEvents| {
        let events = events(&list(&stores, filter).await).into_iter();
        events.map(|event| (event.at - NOON).whole_minutes()).collect::<Vec<_>>()
    };
    let in_or_out = |kind: &str| Some(kind.to_owned());

    assert_eq!(found(all()).await, [3, 2, 1, 0]);
    assert_eq!(found(ListAuditEvents { kind: in_or_out("in"), ..all() }).await, [3, 1, 0]);
    assert_eq!(found(ListAuditEvents { subject_user_id: Some(7), ..all() }).await, [3, 2, 0]);
    let (kind, subject_user_id) = (in_or_out("in"), Some(7));
    assert_eq!(found(ListAuditEvents { kind, subject_user_id, ..all() }).await, [3, 0]);
    let (from, to) = (Some(minute(1)), Some(minute(3)));
    assert_eq!(found(ListAuditEvents { from, to, ..all() }).await, [2, 1]);
    let subject_user_id = Some(7);
    assert_eq!(found(ListAuditEvents { from, subject_user_id, ..all() }).await, [3, 2]);
    assert_eq!(found(ListAuditEvents { subject_user_id: Some(9), ..all() }).await, [0; 0]);
}

pub async fn events_need_no_account_and_outlive_it(stores: Stores) {
    record(&stores, [InsertAuditEvent { subject_user_id: Some(4711), ..event(NOON) }]).await;

    assert_eq!(list(&stores, all()).await.len(), 1);
}

pub async fn forgetting_a_user_erases_their_names_and_addresses_alone(stores: Stores) {
    let between = |actor, subject| InsertAuditEvent {
        actor_user_id: Some(actor),
        subject_user_id: Some(subject),
        ..event(NOON)
    };
    let before = [between(7, 7), between(1, 7), between(7, 8), between(8, 8)];
    record(&stores, before.clone()).await;

    stores.audit_trail.forget_user(7).await.unwrap();
    stores.audit_trail.forget_user(9).await.unwrap();

    let [own, by_admin, of_another, unrelated] = before;
    let expected = [
        unrelated,
        InsertAuditEvent { address: None, ..of_another },
        InsertAuditEvent { address: None, subject_name: None, ..by_admin },
        InsertAuditEvent { address: None, subject_name: None, ..own },
    ];
    assert_eq!(events(&list(&stores, all()).await), expected);
}

pub async fn pruning_removes_the_oldest_events_up_to_a_limit(stores: Stores) {
    record(&stores, (0..5).map(|n| event(minute(n)))).await;
    let prune = |before, limit| stores.audit_trail.prune(minute(before), limit);

    assert_eq!(prune(0, 10).await.unwrap(), 0);
    assert_eq!(prune(4, 2).await.unwrap(), 2);
    let left = events(&list(&stores, all()).await);
    assert_eq!(left, [4, 3, 2].map(|n| event(minute(n))));
    assert_eq!(prune(4, 10).await.unwrap(), 2);
    assert_eq!(prune(4, 10).await.unwrap(), 0);
}

fn event(at: OffsetDateTime) -> InsertAuditEvent {
    InsertAuditEvent {
        at,
        kind: "signed_in".into(),
        actor_user_id: Some(7),
        subject_user_id: Some(7),
        subject_name: Some("Ada".into()),
        address: Some("192.0.2.7".into()),
        detail: None,
    }
}

fn all() -> ListAuditEvents {
    ListAuditEvents { limit: 100, ..ListAuditEvents::default() }
}

fn micros(time: OffsetDateTime) -> i64 {
    i64::try_from(time.unix_timestamp_nanos() / 1000).unwrap()
}

async fn record(stores: &Stores, events: impl IntoIterator<Item = InsertAuditEvent>) {
    for event in events {
        stores.audit_trail.record(event).await.unwrap();
    }
}

async fn list(stores: &Stores, list: ListAuditEvents) -> Vec<AuditEventRecord> {
    stores.audit_reader.list(list).await.unwrap()
}

fn events(records: &[AuditEventRecord]) -> Vec<InsertAuditEvent> {
    records.iter().map(|record| record.event.clone()).collect()
}

/// Declares one test per contract of `AuditTrail` and `AuditReader`.
#[macro_export]
macro_rules! audit_trail_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { audit_trail, $fresh_stores,
            an_event_is_read_back_as_recorded,
            the_latest_events_come_first_and_pages_hold_each_once,
            filters_by_kind_subject_and_time,
            events_need_no_account_and_outlive_it,
            forgetting_a_user_erases_their_names_and_addresses_alone,
            pruning_removes_the_oldest_events_up_to_a_limit,
        }
    };
}
