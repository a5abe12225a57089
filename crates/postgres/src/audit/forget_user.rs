use crate::error::Result;
use crate::store::PostgresStore;

/// Also a part of erasing an account.
pub(crate) const FORGET: &str = "
    UPDATE audit_events
    SET subject_name = CASE WHEN subject_user_id = $1 THEN NULL ELSE subject_name END,
        address = NULL
    WHERE subject_user_id = $1 OR actor_user_id = $1";

pub(super) async fn run(store: &PostgresStore, user_id: i64) -> Result<()> {
    let session = store.session().await?;
    session.query(FORGET, &[&user_id]).await?;
    Ok(())
}
