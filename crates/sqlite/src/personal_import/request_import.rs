use reelmark_application::messages::ImportRequestedV1;
use reelmark_application::ports::{InsertPersonalImport, PersonalImportRecord};
use rusqlite::{Connection, OptionalExtension, params};

use super::row::{import, import_columns};
use crate::error::Result;
use crate::outbox::append;
use crate::row::Micros;

const REQUEST: &str = concat!(
    "
    INSERT INTO personal_imports (owner_id, dry_run, file_name, created_at)
    SELECT users.id, ?2, ?3, ?4
    FROM users
    WHERE users.id = ?1
        AND ?5 > (
            SELECT count(*) FROM personal_imports
            WHERE owner_id = ?1 AND status IN ('queued', 'running')
        )
        AND ?6 > (SELECT count(*) FROM personal_imports WHERE owner_id = ?1)
        AND ?7 >= (
            SELECT coalesce(sum(imported + unchanged + ambiguous + unmatched + invalid + skipped), 0)
            FROM personal_imports
            WHERE owner_id = ?1
        )
    RETURNING ",
    import_columns!()
);

const KEEP_FILE: &str = "INSERT INTO personal_import_files (import_id, content) VALUES (?1, ?2)";

pub(super) fn run(
    connection: &Connection,
    request: &InsertPersonalImport,
) -> Result<Option<PersonalImportRecord>> {
    let mut statement = connection.prepare_cached(REQUEST)?;
    let parameters = params![
        request.owner_id,
        request.dry_run,
        request.file_name,
        Micros(request.at),
        request.most_unfinished,
        request.most_kept,
        request.most_rows,
    ];
    let Some(stored) = statement.query_one(parameters, import).optional()? else {
        return Ok(None);
    };
    connection.prepare_cached(KEEP_FILE)?.execute(params![stored.id, request.content])?;
    let message = ImportRequestedV1 { import: stored.id };
    append(connection, ImportRequestedV1::KIND, &message, request.at)?;
    Ok(Some(stored))
}
