use crate::caching::touched_by_summaries;
use crate::ports::{Cache, Clock, RatingSummaryRepository, RepositoryError};

/// How many summaries are recomputed in one transaction.
const BATCH: usize = 1000;

pub(super) async fn run(
    summaries: &dyn RatingSummaryRepository,
    cache: &dyn Cache,
    clock: &dyn Clock,
) -> Result<usize, RepositoryError> {
    let movies = summaries.rescore(BATCH, clock.now()).await?;
    let keys = touched_by_summaries(&movies);
    if !keys.is_empty()
        && let Err(error) = cache.invalidate(&keys).await
    {
        log::debug!(error:err = error; "could not invalidate after rescoring");
    }
    Ok(movies.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockCache, MockRatingSummaryRepository};
    use crate::testing::clock;

    #[tokio::test]
    async fn forgets_the_cached_copies_of_what_it_rescored() {
        let mut summaries = MockRatingSummaryRepository::new();
        summaries.expect_rescore().returning(|_, _| Ok(vec![1, 2]));
        let mut cache = MockCache::new();
        cache.expect_invalidate().withf(|keys| keys.len() == 2).once().returning(|_| Ok(()));
        assert_eq!(run(&summaries, &cache, &clock()).await.unwrap(), 2);
    }
}
