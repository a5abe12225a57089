use reelmark_application::ports::{
    AuditEventRecord, AuditPosition, InsertAuditEvent, ListAuditEvents,
};
use time::OffsetDateTime;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use crate::error::Result;
use crate::row::{limited, time_at};
use crate::store::PostgresStore;

/// What sorts before every event in a list that shows the latest first.
const TOP: AuditPosition = AuditPosition { at_micros: i64::MAX, id: i64::MAX };

/// A list of events that `$filter` lets pass, entered at its place in an index.
macro_rules! list_where {
    ($filter:literal) => {
        concat!(
            "SELECT id, at, kind, actor_user_id, subject_user_id, subject_name, address, detail
            FROM audit_events
            WHERE ",
            $filter,
            " AND (at, id) < ($1, $2)
                AND at >= coalesce($3::timestamptz, '-infinity')
                AND at < coalesce($4::timestamptz, 'infinity')
                AND kind = coalesce($5::text, kind)
            ORDER BY at DESC, id DESC
            LIMIT $6"
        )
    };
}

const LIST: &str = list_where!("true");
const LIST_OF_SUBJECT: &str = list_where!("subject_user_id = $7");

pub(super) async fn run(
    store: &PostgresStore,
    list: ListAuditEvents,
) -> Result<Vec<AuditEventRecord>> {
    let session = store.session().await?;
    let after = list.after.unwrap_or(TOP);
    let (time, limit): (OffsetDateTime, i64) = (time_at(after.at_micros), limited(list.limit));
    let mut parameters: Vec<&(dyn ToSql + Sync)> =
        vec![&time, &after.id, &list.from, &list.to, &list.kind, &limit];
    let rows = match &list.subject_user_id {
        None => session.query(LIST, &parameters).await?,
        Some(subject) => {
            parameters.push(subject);
            session.query(LIST_OF_SUBJECT, &parameters).await?
        }
    };
    rows.iter().map(event).collect()
}

fn event(row: &Row) -> Result<AuditEventRecord> {
    Ok(AuditEventRecord {
        id: row.try_get("id")?,
        event: InsertAuditEvent {
            at: row.try_get("at")?,
            kind: row.try_get("kind")?,
            actor_user_id: row.try_get("actor_user_id")?,
            subject_user_id: row.try_get("subject_user_id")?,
            subject_name: row.try_get("subject_name")?,
            address: row.try_get("address")?,
            detail: row.try_get("detail")?,
        },
    })
}
