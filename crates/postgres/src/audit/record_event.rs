use reelmark_application::ports::InsertAuditEvent;
use tokio_postgres::types::ToSql;

use crate::error::Result;
use crate::store::PostgresStore;

const RECORD: &str = "
    INSERT INTO audit_events
        (at, kind, actor_user_id, subject_user_id, subject_name, address, detail)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

pub(super) async fn run(store: &PostgresStore, event: InsertAuditEvent) -> Result<()> {
    let session = store.session().await?;
    let InsertAuditEvent { at, kind, actor_user_id, subject_user_id, .. } = &event;
    let InsertAuditEvent { subject_name, address, detail, .. } = &event;
    let parameters: [&(dyn ToSql + Sync); 7] =
        [at, kind, actor_user_id, subject_user_id, subject_name, address, detail];
    session.query(RECORD, &parameters).await?;
    Ok(())
}
