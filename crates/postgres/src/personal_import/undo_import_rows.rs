use reelmark_application::ports::{HeldRating, UndoCounts, UndoRows, WrittenRating};
use tokio_postgres::Row;

use crate::error::Result;
use crate::rating::bring_ratings::KEEP_USER;
use crate::rating::held_ratings::HeldRatings;
use crate::row::limited;
use crate::session::{Transaction, again_after_deadlock};
use crate::store::PostgresStore;

const OWNER: &str = "SELECT owner_id FROM personal_imports WHERE id = $1";

/// Lets those who take back the same import through one by one.
const LOCK: &str = "SELECT id FROM personal_imports WHERE id = $1 AND status = 'undone' FOR UPDATE";

const WRITTEN: &str = "
    SELECT number, movie_id, score, written_review, written_at, previous_score, previous_review,
        previous_created_at, previous_updated_at
    FROM personal_import_rows
    WHERE import_id = $1 AND number < $2 AND written_at IS NOT NULL AND NOT is_taken_back
    ORDER BY number DESC
    LIMIT $3";

const MARK: &str = "
    UPDATE personal_import_rows SET is_taken_back = true
    WHERE import_id = $1 AND number = ANY($2)";

const COUNT: &str = "
    UPDATE personal_imports SET reverted = reverted + $2, kept = kept + $3 WHERE id = $1";

pub(super) async fn run(store: &PostgresStore, undo: UndoRows) -> Result<Option<i64>> {
    again_after_deadlock(|| async {
        let mut session = store.session().await?;
        let transaction = session.begin().await?;
        let Some(owner_id) = lock(&transaction, undo.import_id).await? else {
            return Ok(None);
        };
        let before = undo.before.unwrap_or(i64::MAX);
        let limit = limited(undo.limit);
        let rows = transaction.query(WRITTEN, &[&undo.import_id, &before, &limit]).await?;
        let rows = rows.iter().map(written).collect::<Result<Vec<_>>>()?;
        take_back(&transaction, owner_id, &rows, undo).await?;
        transaction.commit().await?;
        Ok(rows.last().map(|(number, _)| *number))
    })
    .await
}

/// Whose import it is. The account is locked before the import, as it is by whoever erases it.
async fn lock(transaction: &Transaction<'_>, id: i64) -> Result<Option<i64>> {
    let Some(owner) = transaction.query_opt(OWNER, &[&id]).await? else {
        return Ok(None);
    };
    let owner_id: i64 = owner.try_get("owner_id")?;
    let is_there = transaction.query_opt(KEEP_USER, &[&owner_id]).await?.is_some()
        && transaction.query_opt(LOCK, &[&id]).await?.is_some();
    Ok(is_there.then_some(owner_id))
}

/// Goes from the last row to the first, so that of several rows about one movie each finds what it
/// has left.
async fn take_back(
    transaction: &Transaction<'_>,
    owner_id: i64,
    rows: &[(i64, WrittenRating)],
    undo: UndoRows,
) -> Result<()> {
    let numbers: Vec<i64> = rows.iter().map(|(number, _)| *number).collect();
    let movies: Vec<i64> = rows.iter().map(|(_, rating)| rating.movie_id).collect();
    let mut held = HeldRatings::find(transaction, owner_id, &movies).await?;
    let mut undone = UndoCounts::default();
    for (_, rating) in rows {
        if rating.is_untouched(held.of(rating.movie_id)) {
            held.change(rating.movie_id, rating.previous.clone());
            undone.reverted += 1;
        } else {
            undone.kept += 1;
        }
    }
    held.store(transaction, undo.at).await?;
    transaction.query(MARK, &[&undo.import_id, &numbers]).await?;
    let UndoCounts { reverted, kept } = undone;
    transaction.query(COUNT, &[&undo.import_id, &reverted, &kept]).await.map(drop)
}

fn written(row: &Row) -> Result<(i64, WrittenRating)> {
    let rating = WrittenRating {
        movie_id: row.try_get("movie_id")?,
        score: row.try_get("score")?,
        review: row.try_get("written_review")?,
        updated_at: row.try_get("written_at")?,
        previous: previous(row)?,
    };
    Ok((row.try_get("number")?, rating))
}

fn previous(row: &Row) -> Result<Option<HeldRating>> {
    let Some(score) = row.try_get("previous_score")? else {
        return Ok(None);
    };
    Ok(Some(HeldRating {
        score,
        review: row.try_get("previous_review")?,
        created_at: row.try_get("previous_created_at")?,
        updated_at: row.try_get("previous_updated_at")?,
    }))
}
