use reelmark_application::ports::DeadLetterRecord;

use crate::error::Result;
use crate::store::PostgresStore;

const KEEP: &str = "
    INSERT INTO dead_letters (id, kind, payload, created_at, reason, buried_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (id) DO NOTHING";

pub(super) async fn run(store: &PostgresStore, letters: &[DeadLetterRecord]) -> Result<()> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    for DeadLetterRecord { message, reason, buried_at } in letters {
        let (id, kind, payload) = (&message.id, &message.kind, &message.payload);
        let created_at = &message.created_at;
        transaction.query(KEEP, &[id, kind, payload, created_at, reason, buried_at]).await?;
    }
    transaction.commit().await
}
