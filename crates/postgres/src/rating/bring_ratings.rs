use std::collections::HashSet;

use reelmark_application::ports::{BroughtOutcome, BroughtRating, HeldRating, Merge};
use time::OffsetDateTime;

use super::held_ratings::HeldRatings;
use crate::error::Result;
use crate::session::{Transaction, again_after_deadlock};
use crate::store::PostgresStore;

/// Waits for whoever erases the account, who would otherwise wait for us.
pub(crate) const KEEP_USER: &str = "SELECT id FROM users WHERE id = $1 FOR KEY SHARE";

/// Nobody removes these movies until the end of the transaction.
const KEEP_MOVIES: &str = "SELECT id FROM movies WHERE id = ANY($1) ORDER BY id FOR KEY SHARE";

/// What came of a rating that was brought along.
pub(crate) struct Brought {
    pub(crate) outcome: BroughtOutcome,
    /// What was there before.
    pub(crate) before: Option<HeldRating>,
    /// What is there now, if that was stored.
    pub(crate) after: Option<HeldRating>,
}

pub(super) async fn run(
    store: &PostgresStore,
    user_id: i64,
    ratings: &[BroughtRating],
    at: OffsetDateTime,
) -> Result<Vec<Option<BroughtOutcome>>> {
    again_after_deadlock(|| async {
        let mut session = store.session().await?;
        let transaction = session.begin().await?;
        if transaction.query_opt(KEEP_USER, &[&user_id]).await?.is_none() {
            return Ok(vec![None; ratings.len()]);
        }
        let ratings: Vec<&BroughtRating> = ratings.iter().collect();
        let brought = bring(&transaction, user_id, &ratings, at, true).await?;
        transaction.commit().await?;
        Ok(brought.into_iter().map(|one| one.map(|brought| brought.outcome)).collect())
    })
    .await
}

/// Merges ratings with what is there, one after the other; `None` where the movie doesn't exist.
/// The user must be kept. Without `stores` it only says what would be.
pub(crate) async fn bring(
    transaction: &Transaction<'_>,
    user_id: i64,
    ratings: &[&BroughtRating],
    at: OffsetDateTime,
    stores: bool,
) -> Result<Vec<Option<Brought>>> {
    let movies: Vec<i64> = ratings.iter().map(|rating| rating.movie_id).collect();
    let kept = transaction.query(KEEP_MOVIES, &[&movies]).await?;
    let kept = kept.iter().map(|row| Ok(row.try_get("id")?));
    let kept: HashSet<i64> = kept.collect::<Result<_>>()?;
    let mut held = HeldRatings::find(transaction, user_id, &movies).await?;
    let brought = ratings.iter().map(|rating| {
        kept.contains(&rating.movie_id).then(|| merge(&mut held, rating, at, stores))
    });
    let brought = brought.collect();
    held.store(transaction, at).await?;
    Ok(brought)
}

fn merge(
    held: &mut HeldRatings,
    rating: &BroughtRating,
    at: OffsetDateTime,
    stores: bool,
) -> Brought {
    let before = held.of(rating.movie_id).cloned();
    match rating.merge(before.as_ref(), at) {
        Merge::Keep(outcome) => Brought { outcome, before, after: None },
        Merge::Write(_, outcome) if !stores => Brought { outcome, before, after: None },
        Merge::Write(next, outcome) => {
            held.change(rating.movie_id, Some(next.clone()));
            Brought { outcome, before, after: Some(next) }
        }
    }
}
