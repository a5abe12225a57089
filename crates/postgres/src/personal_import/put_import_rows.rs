use reelmark_application::ports::{HeldRating, ImportCounts, PutImportRows, SettledRow};
use time::OffsetDateTime;

use crate::error::Result;
use crate::rating::bring_ratings::{Brought, KEEP_USER, bring};
use crate::session::{Transaction, again_after_deadlock};
use crate::store::PostgresStore;

const OWNER: &str = "SELECT owner_id FROM personal_imports WHERE id = $1";

const RENEW: &str = "
    UPDATE personal_imports
    SET renewed_at = $3, format = $4
    WHERE id = $1 AND status = 'running' AND claimed_at = $2
    RETURNING dry_run";

const PUT_ROWS: &str = "
    INSERT INTO personal_import_rows (
        import_id, number, place, outcome, title, release_year, score, movie_id, confidence,
        candidates, reason, written_review, written_at, previous_score, previous_review,
        previous_created_at, previous_updated_at
    )
    SELECT $1::bigint, row.*
    FROM unnest(
        $2::bigint[], $3::text[], $4::text[], $5::text[], $6::integer[], $7::smallint[],
        $8::bigint[], $9::text[], $10::text[], $11::text[], $12::text[], $13::timestamptz[],
        $14::smallint[], $15::text[], $16::timestamptz[], $17::timestamptz[]
    ) AS row";

const COUNT: &str = "
    UPDATE personal_imports
    SET imported = imported + $2, unchanged = unchanged + $3, ambiguous = ambiguous + $4,
        unmatched = unmatched + $5, invalid = invalid + $6, skipped = skipped + $7
    WHERE id = $1";

pub(super) async fn run(store: &PostgresStore, request: &PutImportRows) -> Result<bool> {
    again_after_deadlock(|| async {
        let mut session = store.session().await?;
        let transaction = session.begin().await?;
        let Some((owner_id, is_dry)) = renew(&transaction, request).await? else {
            return Ok(false);
        };
        let ratings: Vec<_> = request.rows.iter().filter_map(|row| row.rating()).collect();
        let brought = bring(&transaction, owner_id, &ratings, request.now, !is_dry).await?;
        put_rows(&transaction, request, brought).await?;
        transaction.commit().await?;
        Ok(true)
    })
    .await
}

/// Whose import it is and whether it is a dry run, provided the claim holds. The account is locked
/// before the import, as it is by whoever erases it.
async fn renew(
    transaction: &Transaction<'_>,
    request: &PutImportRows,
) -> Result<Option<(i64, bool)>> {
    let PutImportRows { hold, format, now, .. } = request;
    let Some(owner) = transaction.query_opt(OWNER, &[&hold.id]).await? else {
        return Ok(None);
    };
    let owner_id: i64 = owner.try_get("owner_id")?;
    if transaction.query_opt(KEEP_USER, &[&owner_id]).await?.is_none() {
        return Ok(None);
    }
    let renewed = transaction.query_opt(RENEW, &[&hold.id, &hold.claimed_at, now, format]).await?;
    renewed.map(|row| Ok((owner_id, row.try_get("dry_run")?))).transpose()
}

/// A row, and what it has stored in place of what.
type Stored<'a> = (SettledRow<'a>, Option<HeldRating>, Option<HeldRating>);

async fn put_rows(
    transaction: &Transaction<'_>,
    request: &PutImportRows,
    brought: Vec<Option<Brought>>,
) -> Result<()> {
    let mut brought = brought.into_iter();
    let stored = request.rows.iter().map(|row| {
        let brought = row.rating().and_then(|_| brought.next()).flatten();
        let settled = row.settled(brought.as_ref().map(|brought| brought.outcome));
        match brought {
            Some(Brought { before, after: Some(after), .. }) => (settled, Some(after), before),
            _ => (settled, None, None),
        }
    });
    let stored: Vec<Stored<'_>> = stored.collect();
    insert(transaction, request, &stored).await?;
    let mut counts = ImportCounts::default();
    stored.iter().for_each(|(settled, ..)| counts.add(settled.outcome));
    let ImportCounts { imported, unchanged, ambiguous, unmatched, invalid, skipped } = &counts;
    let id = &request.hold.id;
    transaction
        .query(COUNT, &[id, imported, unchanged, ambiguous, unmatched, invalid, skipped])
        .await
        .map(drop)
}

async fn insert(
    transaction: &Transaction<'_>,
    request: &PutImportRows,
    stored: &[Stored<'_>],
) -> Result<()> {
    let rows = &request.rows;
    let numbers: Vec<i64> = rows.iter().map(|row| row.number).collect();
    let places: Vec<&str> = rows.iter().map(|row| row.place.as_str()).collect();
    let titles: Vec<Option<&str>> = rows.iter().map(|row| row.title.as_deref()).collect();
    let years: Vec<Option<i32>> = rows.iter().map(|row| row.release_year).collect();
    let scores: Vec<Option<i16>> = rows.iter().map(|row| row.score).collect();
    let settled = || stored.iter().map(|(settled, ..)| settled);
    let outcomes: Vec<&str> = settled().map(|row| row.outcome).collect();
    let movies: Vec<Option<i64>> = settled().map(|row| row.movie_id).collect();
    let confidences: Vec<Option<&str>> = settled().map(|row| row.confidence).collect();
    let candidates: Vec<Option<&str>> = settled().map(|row| row.candidates).collect();
    let reasons: Vec<Option<&str>> = settled().map(|row| row.reason).collect();
    let written = Columns::of(stored.iter().map(|(_, written, _)| written.as_ref()));
    let previous = Columns::of(stored.iter().map(|(.., previous)| previous.as_ref()));
    transaction
        .query(
            PUT_ROWS,
            &[
                &request.hold.id,
                &numbers,
                &places,
                &outcomes,
                &titles,
                &years,
                &scores,
                &movies,
                &confidences,
                &candidates,
                &reasons,
                &written.reviews,
                &written.updated,
                &previous.scores,
                &previous.reviews,
                &previous.created,
                &previous.updated,
            ],
        )
        .await
        .map(drop)
}

/// Ratings, column by column.
#[derive(Default)]
struct Columns<'a> {
    scores: Vec<Option<i16>>,
    reviews: Vec<Option<&'a str>>,
    created: Vec<Option<OffsetDateTime>>,
    updated: Vec<Option<OffsetDateTime>>,
}

impl<'a> Columns<'a> {
    fn of(ratings: impl Iterator<Item = Option<&'a HeldRating>>) -> Self {
        let mut columns = Self::default();
        for rating in ratings {
            columns.scores.push(rating.map(|rating| rating.score));
            columns.reviews.push(rating.and_then(|rating| rating.review.as_deref()));
            columns.created.push(rating.map(|rating| rating.created_at));
            columns.updated.push(rating.map(|rating| rating.updated_at));
        }
        columns
    }
}
