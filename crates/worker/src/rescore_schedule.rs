use std::sync::Arc;
use std::time::Duration;

use metrics::counter;
use reelmark_application::background::BackgroundUseCases;
use tokio_util::sync::CancellationToken;

use crate::backoff::Backoff;
use crate::measures;
use crate::pause::pause;

/// How long to wait when every summary was close enough to the catalogue's mean.
const IDLE: Duration = Duration::from_secs(2);

/// How long to wait when some were not, and more may follow: a breath between two batches lets the
/// summaries of new ratings go first.
const BREATH: Duration = Duration::from_millis(100);

/// Lets weighted scores follow the catalogue's mean until told to stop; a batch under way is
/// finished.
pub(crate) async fn run(background: Arc<dyn BackgroundUseCases>, stop: CancellationToken) {
    let mut backoff = Backoff::new("rescore_schedule");
    while !stop.is_cancelled() {
        let wait = rescore(&*background, &mut backoff).await;
        pause(&stop, wait).await;
    }
}

/// Rescores one batch; returns how long to wait before the next.
async fn rescore(background: &dyn BackgroundUseCases, backoff: &mut Backoff) -> Duration {
    match background.rescore_summaries().await {
        Ok(rescored) => {
            counter!(measures::RESCORED).increment(rescored as u64);
            backoff.worked(if rescored == 0 { IDLE } else { BREATH })
        }
        Err(error) => backoff.failed(&error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Script, away};
    use reelmark_application::background::MockBackgroundUseCases;
    use reelmark_application::ports::RepositoryError;

    async fn rounds(rounds: Vec<Result<usize, RepositoryError>>) -> Vec<u128> {
        let script = Script::new(rounds);
        let mut background = MockBackgroundUseCases::new();
        let (stop, lines) = (script.end(), script.clone());
        background.expect_rescore_summaries().returning(move || lines.next());
        run(Arc::new(background), stop).await;
        script.times()
    }

    #[tokio::test(start_paused = true)]
    async fn goes_on_after_a_breath_while_summaries_were_rescored() {
        let times = rounds(vec![Ok(1000), Ok(20), Ok(0), Ok(0)]).await;
        assert_eq!(times, [0, 100, 200, 2200]);
    }

    #[tokio::test(start_paused = true)]
    async fn backs_off_while_the_store_is_down() {
        let times = rounds(vec![Err(away()), Err(away()), Ok(0)]).await;
        assert_eq!(times, [0, 100, 300]);
    }
}
