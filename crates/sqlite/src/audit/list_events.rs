use reelmark_application::ports::{
    AuditEventRecord, AuditPosition, InsertAuditEvent, ListAuditEvents,
};
use rusqlite::{Connection, Row, ToSql};

use crate::error::Result;
use crate::row::{Cells, Micros};

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
            " AND (at, id_key) < (?1, ?2)
                AND (?3 IS NULL OR at >= ?3)
                AND (?4 IS NULL OR at < ?4)
                AND (?5 IS NULL OR kind = ?5)
            ORDER BY at DESC, id_key DESC
            LIMIT ?6"
        )
    };
}

const LIST: &str = list_where!("true");
const LIST_OF_SUBJECT: &str = list_where!("subject_user_id = ?7");

pub(super) fn run(
    connection: &Connection,
    list: &ListAuditEvents,
) -> Result<Vec<AuditEventRecord>> {
    let after = list.after.unwrap_or(TOP);
    let (from, to) = (list.from.map(Micros), list.to.map(Micros));
    let mut parameters: Vec<&dyn ToSql> =
        vec![&after.at_micros, &after.id, &from, &to, &list.kind, &list.limit];
    let statement = match &list.subject_user_id {
        None => LIST,
        Some(subject) => {
            parameters.push(subject);
            LIST_OF_SUBJECT
        }
    };
    let mut statement = connection.prepare_cached(statement)?;
    let events = statement.query_map(&parameters[..], event)?;
    Ok(events.collect::<rusqlite::Result<_>>()?)
}

fn event(row: &Row<'_>) -> rusqlite::Result<AuditEventRecord> {
    let mut cells = Cells::of(row);
    Ok(AuditEventRecord {
        id: cells.take()?,
        event: InsertAuditEvent {
            at: cells.time()?,
            kind: cells.take()?,
            actor_user_id: cells.take()?,
            subject_user_id: cells.take()?,
            subject_name: cells.take()?,
            address: cells.take()?,
            detail: cells.take()?,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{EmptyStore, follows_index};

    #[test]
    fn a_page_enters_the_index_where_it_starts() {
        let store = EmptyStore::new();
        let plan = store.plan(LIST);
        let entry = "audit_events_by_time ((at,id_key)<(?,?))";
        assert!(follows_index(&plan, entry), "{plan:#?}");
        let plan = store.plan(LIST_OF_SUBJECT);
        let entry = "audit_events_by_subject (subject_user_id=? AND (at,id_key)<(?,?))";
        assert!(follows_index(&plan, entry), "{plan:#?}");
    }
}
