use reelmark_application::ports::{BeginKeyed, Begun, StoredAnswer};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use crate::error::{Failure, Result};
use crate::session::Session;
use crate::store::PostgresStore;

/// Takes the key when it is unknown, forgotten or left behind by a claim that has run out. Of two
/// that insert it at once, one waits for the other and then finds it held.
const CLAIM: &str = "
    INSERT INTO idempotency_keys AS known
        (scope, key_hash, user_id, fingerprint, held_until, kept_until)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (scope, key_hash) DO UPDATE
    SET user_id = excluded.user_id, fingerprint = excluded.fingerprint,
        held_until = excluded.held_until, kept_until = excluded.kept_until,
        status = NULL, headers = NULL, body = NULL
    WHERE known.kept_until <= $7
        OR (known.status IS NULL AND known.held_until <= $7
            AND known.fingerprint = excluded.fingerprint)
    RETURNING scope";

const FIND: &str = "
    SELECT fingerprint, status, headers, body FROM idempotency_keys
    WHERE scope = $1 AND key_hash = $2";

pub(super) async fn run(store: &PostgresStore, request: BeginKeyed) -> Result<Begun> {
    let session = store.session().await?;
    if claim(&session, &request).await? {
        return Ok(Begun::New(request.claim()));
    }
    let found = session.query_opt(FIND, &[&request.scope, &request.key_hash]).await?;
    // Nothing is found when the other request gave the key up just now; a retry will get it.
    found.map_or(Ok(Begun::InFlight), |row| begun(&row, &request))
}

async fn claim(session: &Session, request: &BeginKeyed) -> Result<bool> {
    let (held_until, kept_until) = (request.claim().held_until, request.kept_until());
    let BeginKeyed { scope, key_hash, user_id, fingerprint, now, .. } = request;
    let parameters: [&(dyn ToSql + Sync); 7] =
        [scope, key_hash, user_id, fingerprint, &held_until, &kept_until, now];
    Ok(session.query_opt(CLAIM, &parameters).await?.is_some())
}

fn begun(row: &Row, request: &BeginKeyed) -> Result<Begun> {
    let fingerprint: String = row.try_get("fingerprint")?;
    if fingerprint != request.fingerprint {
        return Ok(Begun::OtherRequest);
    }
    let Some(status) = row.try_get::<_, Option<i16>>("status")? else {
        return Ok(Begun::InFlight);
    };
    let headers: String = row.try_get("headers")?;
    Ok(Begun::Replay(StoredAnswer {
        status: u16::try_from(status).map_err(|error| Failure::Corrupt(Box::new(error)))?,
        headers: serde_json::from_str(&headers).map_err(|e| Failure::Corrupt(Box::new(e)))?,
        body: row.try_get("body")?,
    }))
}
