use std::collections::BTreeSet;

use time::OffsetDateTime;

use crate::caching::touched_by;
use crate::messages::{Message, RatingChangedV1};
use crate::ports::{
    Cache, Clock, Delivery, RatingSummaryRepository, RepositoryError, ScoreChangeRecord, Verdict,
};

/// A delivery that could be read.
struct Readable {
    receipt: u64,
    message_id: i64,
    committed_at: OffsetDateTime,
    message: Message,
}

/// Messages that can't be read are refused alone. The others are counted in together; when that
/// fails for another reason than an unavailable store, one by one, so that a single impossible
/// change doesn't hold up its neighbours.
pub(super) async fn run(
    summaries: &dyn RatingSummaryRepository,
    cache: &dyn Cache,
    clock: &dyn Clock,
    deliveries: Vec<Delivery>,
) -> Vec<(u64, Verdict)> {
    let (readable, mut verdicts) = decode(deliveries);
    let changes = readable.iter().filter_map(Readable::score_change).collect();
    match count_in(summaries, clock, changes).await {
        Ok(()) => verdicts.extend(readable.iter().map(|r| (r.receipt, Verdict::Done))),
        Err(RepositoryError::Unavailable(_)) => {
            verdicts.extend(readable.iter().map(|r| (r.receipt, Verdict::Postpone)));
            return verdicts;
        }
        Err(_) => {
            for one in &readable {
                verdicts.push((one.receipt, count_alone(summaries, clock, one).await));
            }
        }
    }
    forget_cached(cache, &readable).await;
    verdicts
}

fn decode(deliveries: Vec<Delivery>) -> (Vec<Readable>, Vec<(u64, Verdict)>) {
    let (mut readable, mut refused) = (vec![], vec![]);
    for Delivery { message: record, receipt, .. } in deliveries {
        match Message::decode(&record) {
            Ok(message) => readable.push(Readable {
                receipt,
                message_id: record.id,
                committed_at: record.created_at,
                message,
            }),
            Err(error) => {
                log::error!(message_id = record.id, error:err = error; "refused a message");
                refused.push((receipt, Verdict::Refuse { reason: error.to_string() }));
            }
        }
    }
    (readable, refused)
}

async fn count_in(
    summaries: &dyn RatingSummaryRepository,
    clock: &dyn Clock,
    changes: Vec<ScoreChangeRecord>,
) -> Result<(), RepositoryError> {
    if changes.is_empty() {
        return Ok(());
    }
    summaries.apply(changes, clock.now()).await
}

async fn count_alone(
    summaries: &dyn RatingSummaryRepository,
    clock: &dyn Clock,
    one: &Readable,
) -> Verdict {
    match count_in(summaries, clock, one.score_change().into_iter().collect()).await {
        Ok(()) => Verdict::Done,
        Err(RepositoryError::Unavailable(_)) => Verdict::Postpone,
        Err(error) => {
            log::error!(message_id = one.message_id, error:err = error; "could not count a rating");
            Verdict::Retry { reason: error.to_string() }
        }
    }
}

/// Comes after the commit and before the verdicts: a crash in between brings the messages back,
/// and with them the invalidation.
async fn forget_cached(cache: &dyn Cache, readable: &[Readable]) {
    let keys: BTreeSet<String> = readable.iter().flat_map(|r| touched_by(&r.message)).collect();
    if keys.is_empty() {
        return;
    }
    let keys: Vec<String> = keys.into_iter().collect();
    if let Err(error) = cache.invalidate(&keys).await {
        log::debug!(error:err = error; "could not invalidate after counting ratings");
    }
}

impl Readable {
    fn score_change(&self) -> Option<ScoreChangeRecord> {
        let (movie_id, old, new, given_at) = match self.message {
            Message::RatingChanged(RatingChangedV1 { movie, old, new, .. }) => {
                (movie, old, new, None)
            }
            Message::DatedRatingChanged(dated) => {
                (dated.movie, dated.old, dated.new, dated.given_at())
            }
            _ => return None,
        };
        let given_at = given_at.unwrap_or(self.committed_at);
        Some(ScoreChangeRecord { message_id: self.message_id, movie_id, old, new, given_at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::RatingChangedV2;
    use crate::ports::{CacheError, MessageRecord, MockCache, MockRatingSummaryRepository};
    use crate::testing::{NOW, clock, unavailable};

    fn delivery(id: i64, payload: &str) -> Delivery {
        let kind = RatingChangedV1::KIND.to_owned();
        let message = MessageRecord { id, kind, payload: payload.into(), created_at: NOW };
        Delivery { message, receipt: id as u64 * 10, attempt: 1 }
    }

    fn rated(id: i64) -> Delivery {
        delivery(id, r#"{"movie":42,"user":7,"old":null,"new":9}"#)
    }

    fn cache() -> MockCache {
        let mut cache = MockCache::new();
        cache.expect_invalidate().returning(|_| Ok(()));
        cache
    }

    fn corrupt() -> RepositoryError {
        RepositoryError::Corrupt("negative".into())
    }

    #[tokio::test]
    async fn counts_a_batch_in_together_and_then_forgets_each_cached_value_once() {
        let mut summaries = MockRatingSummaryRepository::new();
        let is_batch = |changes: &Vec<ScoreChangeRecord>, _: &_| changes.len() == 2;
        summaries.expect_apply().withf(is_batch).once().returning(|_, _| Ok(()));
        let mut cache = MockCache::new();
        cache.expect_invalidate().withf(|keys| keys.len() == 2).once().returning(|_| Ok(()));
        let verdicts = run(&summaries, &cache, &clock(), vec![rated(1), rated(2)]).await;
        assert_eq!(verdicts, [(10, Verdict::Done), (20, Verdict::Done)]);
    }

    #[tokio::test]
    async fn a_rating_counts_from_when_it_was_given_if_that_is_told() {
        let mut summaries = MockRatingSummaryRepository::new();
        let tells_times = |changes: &Vec<ScoreChangeRecord>, _: &_| {
            changes[0].given_at == OffsetDateTime::UNIX_EPOCH && changes[1].given_at == NOW
        };
        summaries.expect_apply().withf(tells_times).once().returning(|_, _| Ok(()));
        let payload = r#"{"movie":42,"user":7,"old":null,"new":9,"given_at_micros":0}"#;
        let mut dated = delivery(1, payload);
        dated.message.kind = RatingChangedV2::KIND.to_owned();
        let verdicts = run(&summaries, &cache(), &clock(), vec![dated, rated(2)]).await;
        assert_eq!(verdicts, [(10, Verdict::Done), (20, Verdict::Done)]);
    }

    #[tokio::test]
    async fn refuses_what_it_cannot_read_and_counts_the_rest() {
        let mut summaries = MockRatingSummaryRepository::new();
        summaries.expect_apply().once().returning(|_, _| Ok(()));
        let deliveries = vec![delivery(1, "{}"), rated(2)];
        let verdicts = run(&summaries, &cache(), &clock(), deliveries).await;
        assert!(matches!(verdicts[0], (10, Verdict::Refuse { .. })));
        assert_eq!(verdicts[1], (20, Verdict::Done));
    }

    #[tokio::test]
    async fn postpones_everything_while_the_store_is_down() {
        let mut summaries = MockRatingSummaryRepository::new();
        summaries.expect_apply().returning(|_, _| Err(unavailable()));
        let verdicts = run(&summaries, &MockCache::new(), &clock(), vec![rated(1)]).await;
        assert_eq!(verdicts, [(10, Verdict::Postpone)]);
    }

    #[tokio::test]
    async fn an_impossible_change_does_not_hold_up_its_neighbours() {
        let mut summaries = MockRatingSummaryRepository::new();
        summaries.expect_apply().returning(|changes, _| {
            if changes.iter().any(|change| change.message_id == 1) {
                Err(corrupt())
            } else {
                Ok(())
            }
        });
        let verdicts = run(&summaries, &cache(), &clock(), vec![rated(1), rated(2)]).await;
        assert!(matches!(verdicts[0], (10, Verdict::Retry { .. })));
        assert_eq!(verdicts[1], (20, Verdict::Done));
    }

    #[tokio::test]
    async fn goes_on_while_the_cache_is_down() {
        let mut summaries = MockRatingSummaryRepository::new();
        summaries.expect_apply().returning(|_, _| Ok(()));
        let mut cache = MockCache::new();
        cache.expect_invalidate().returning(|_| Err(CacheError("down".into())));
        let verdicts = run(&summaries, &cache, &clock(), vec![rated(1)]).await;
        assert_eq!(verdicts, [(10, Verdict::Done)]);
    }
}
