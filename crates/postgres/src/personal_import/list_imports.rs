use reelmark_application::ports::{ListedImports, PersonalImportRecord};

use super::row::{import, import_columns};
use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

const LIST: &str = concat!(
    "SELECT ",
    import_columns!(),
    "
    FROM personal_imports
    WHERE owner_id = $1 AND id < $2
    ORDER BY id DESC
    LIMIT $3"
);

const COUNT: &str = "SELECT count(*) AS count FROM personal_imports WHERE owner_id = $1";

pub(super) async fn run(
    store: &PostgresStore,
    list: ListedImports,
) -> Result<Vec<PersonalImportRecord>> {
    let session = store.session().await?;
    let after = list.after.unwrap_or(i64::MAX);
    let rows = session.query(LIST, &[&list.owner_id, &after, &limited(list.limit)]).await?;
    rows.iter().map(import).collect()
}

/// How many there are on all pages.
pub(super) async fn count(store: &PostgresStore, owner_id: i64) -> Result<u64> {
    let session = store.session().await?;
    let row = session.query_one(COUNT, &[&owner_id]).await?;
    Ok(row.try_get::<_, i64>("count")?.unsigned_abs())
}
