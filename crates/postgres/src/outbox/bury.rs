use reelmark_application::ports::DeadLetter;
use time::OffsetDateTime;

use crate::error::Result;
use crate::store::PostgresStore;

const BURY: &str = "
    WITH dead AS (
        DELETE FROM outbox_messages AS message
        USING unnest($1::bigint[], $2::text[]) AS letter (id, reason)
        WHERE message.id = letter.id
        RETURNING message.id, message.kind, message.payload, message.created_at, letter.reason
    )
    INSERT INTO dead_letters (id, kind, payload, created_at, reason, buried_at)
    SELECT id, kind, payload, created_at, reason, $3 FROM dead
    ON CONFLICT (id) DO NOTHING";

pub(super) async fn run(
    store: &PostgresStore,
    letters: Vec<DeadLetter>,
    at: OffsetDateTime,
) -> Result<()> {
    let letters = letters.into_iter().map(|letter| (letter.id, letter.reason));
    let (ids, reasons): (Vec<i64>, Vec<String>) = letters.unzip();
    let session = store.session().await?;
    session.query(BURY, &[&ids, &reasons, &at]).await?;
    Ok(())
}
