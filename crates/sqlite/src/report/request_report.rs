use reelmark_application::messages::ReportRequestedV1;
use reelmark_application::ports::{InsertReport, ReportRecord};
use rusqlite::{Connection, OptionalExtension, params};

use super::row::{midnight, report, report_columns};
use crate::error::Result;
use crate::outbox::append;
use crate::row::Micros;

const REQUEST: &str = concat!(
    "
    INSERT INTO reports (owner_id, kind, subject, period_from, period_to, requested_at)
    SELECT users.id, ?2, ?3, ?4, ?5, ?6
    FROM users
    WHERE users.id = ?1 AND ?7 > (
        SELECT count(*) FROM reports WHERE owner_id = ?1 AND status IN ('queued', 'running')
    )
    RETURNING ",
    report_columns!(),
    ", result"
);

pub(super) fn run(connection: &Connection, request: &InsertReport) -> Result<Option<ReportRecord>> {
    let mut statement = connection.prepare_cached(REQUEST)?;
    let parameters = params![
        request.owner_id,
        request.kind,
        request.subject,
        request.from.map(midnight),
        request.to.map(midnight),
        Micros(request.at),
        request.most_unfinished,
    ];
    let stored = statement.query_one(parameters, report).optional()?;
    if let Some(stored) = &stored {
        let message = ReportRequestedV1 { report: stored.id };
        append(connection, ReportRequestedV1::KIND, &message, request.at)?;
    }
    Ok(stored)
}
