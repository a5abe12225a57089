use reelmark_application::ports::{BeginKeyed, Begun, RepositoryError, StoredAnswer};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::Result;
use crate::row::{Cells, Micros};

/// Takes the key when it is unknown, forgotten or left behind by a claim that has run out.
const CLAIM: &str = "
    INSERT INTO idempotency_keys
        (scope, key_hash, user_id, fingerprint, held_until, kept_until)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (scope, key_hash) DO UPDATE
    SET user_id = excluded.user_id, fingerprint = excluded.fingerprint,
        held_until = excluded.held_until, kept_until = excluded.kept_until,
        status = NULL, headers = NULL, body = NULL
    WHERE idempotency_keys.kept_until <= ?7
        OR (idempotency_keys.status IS NULL AND idempotency_keys.held_until <= ?7
            AND idempotency_keys.fingerprint = excluded.fingerprint)";

const FIND: &str = "
    SELECT fingerprint, status, headers, body FROM idempotency_keys
    WHERE scope = ?1 AND key_hash = ?2";

/// A row as it is stored.
struct Known {
    fingerprint: String,
    status: Option<u16>,
    headers: Option<String>,
    body: Option<Vec<u8>>,
}

pub(super) fn run(connection: &Connection, request: &BeginKeyed) -> Result<Begun> {
    let claim = request.claim();
    let parameters = params![
        request.scope,
        request.key_hash,
        request.user_id,
        request.fingerprint,
        Micros(claim.held_until),
        Micros(request.kept_until()),
        Micros(request.now),
    ];
    if connection.prepare_cached(CLAIM)?.execute(parameters)? == 1 {
        return Ok(Begun::New(claim));
    }
    let mut statement = connection.prepare_cached(FIND)?;
    let found = statement.query_one(params![request.scope, request.key_hash], known).optional()?;
    found.map_or(Ok(Begun::InFlight), |known| begun(known, request))
}

fn begun(known: Known, request: &BeginKeyed) -> Result<Begun> {
    if known.fingerprint != request.fingerprint {
        return Ok(Begun::OtherRequest);
    }
    let Known { status: Some(status), headers: Some(headers), body: Some(body), .. } = known else {
        return Ok(Begun::InFlight);
    };
    let headers =
        serde_json::from_str(&headers).map_err(|e| RepositoryError::Corrupt(Box::new(e)))?;
    Ok(Begun::Replay(StoredAnswer { status, headers, body }))
}

fn known(row: &Row<'_>) -> rusqlite::Result<Known> {
    let mut cells = Cells::of(row);
    Ok(Known {
        fingerprint: cells.take()?,
        status: cells.take()?,
        headers: cells.take()?,
        body: cells.take()?,
    })
}
