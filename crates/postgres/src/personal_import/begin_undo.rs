use reelmark_application::ports::PersonalImportRecord;
use time::OffsetDateTime;

use super::row::{import, import_columns};
use super::settle_import::forget_file;
use crate::error::Result;
use crate::store::PostgresStore;

const BEGIN: &str = concat!(
    "
    UPDATE personal_imports
    SET status = 'undone', finished_at = coalesce(finished_at, $3)
    WHERE owner_id = $1 AND id = $2
    RETURNING ",
    import_columns!()
);

pub(super) async fn run(
    store: &PostgresStore,
    owner_id: i64,
    id: i64,
    at: OffsetDateTime,
) -> Result<Option<PersonalImportRecord>> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    let begun = transaction.query_opt(BEGIN, &[&owner_id, &id, &at]).await?;
    let begun = begun.as_ref().map(import).transpose()?;
    if let Some(begun) = &begun {
        forget_file(&transaction, begun.id).await?;
        transaction.commit().await?;
    }
    Ok(begun)
}
