use reelmark_application::messages::ImportRequestedV1;
use reelmark_application::ports::{InsertPersonalImport, PersonalImportRecord};

use super::row::{import, import_columns};
use crate::error::Result;
use crate::outbox::append;
use crate::session::Parameters;
use crate::store::PostgresStore;

/// Lets the requests of one owner through one by one, so that each counts what the others stored.
const LOCK: &str = "SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE";

const REQUEST: &str = concat!(
    "
    INSERT INTO personal_imports (owner_id, dry_run, file_name, created_at)
    SELECT $1::bigint, $2::boolean, $3::text, $4::timestamptz
    WHERE $5::bigint > (
            SELECT count(*) FROM personal_imports
            WHERE owner_id = $1 AND status IN ('queued', 'running')
        )
        AND $6::bigint > (SELECT count(*) FROM personal_imports WHERE owner_id = $1)
        AND $7::bigint >= (
            SELECT coalesce(sum(imported + unchanged + ambiguous + unmatched + invalid + skipped), 0)
            FROM personal_imports
            WHERE owner_id = $1
        )
    RETURNING ",
    import_columns!()
);

const KEEP_FILE: &str = "INSERT INTO personal_import_files (import_id, content) VALUES ($1, $2)";

pub(super) async fn run(
    store: &PostgresStore,
    request: &InsertPersonalImport,
) -> Result<Option<PersonalImportRecord>> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    if transaction.query_opt(LOCK, &[&request.owner_id]).await?.is_none() {
        return Ok(None);
    }
    let parameters: Parameters<'_> = &[
        &request.owner_id,
        &request.dry_run,
        &request.file_name,
        &request.at,
        &request.most_unfinished,
        &request.most_kept,
        &request.most_rows,
    ];
    let stored = transaction.query_opt(REQUEST, parameters).await?;
    let Some(stored) = stored.as_ref().map(import).transpose()? else {
        return Ok(None);
    };
    transaction.query(KEEP_FILE, &[&stored.id, &request.content]).await?;
    let message = ImportRequestedV1 { import: stored.id };
    append(&transaction, ImportRequestedV1::KIND, &message, request.at).await?;
    transaction.commit().await?;
    Ok(Some(stored))
}
