use std::sync::Arc;
use std::time::Duration;

use metrics::counter;
use reelmark_application::housekeeping::{HousekeepingUseCases, Swept};
use tokio_util::sync::CancellationToken;

use crate::backoff::Backoff;
use crate::pause::pause;
use crate::{measures, names};

/// How long to wait when nothing was left to sweep away.
const IDLE: Duration = Duration::from_secs(300);

/// How long to wait when something was, and more may follow.
const BREATH: Duration = Duration::from_millis(100);

/// Sweeps away what is no longer needed, batch by batch, until told to stop; a batch under way is
/// finished.
pub(crate) async fn run(housekeeping: Arc<dyn HousekeepingUseCases>, stop: CancellationToken) {
    let mut backoff = Backoff::new(names::HOUSEKEEPING);
    while !stop.is_cancelled() {
        let wait = sweep(&*housekeeping, &mut backoff).await;
        pause(&stop, wait).await;
    }
}

/// Sweeps once; returns how long to wait before the next time.
async fn sweep(housekeeping: &dyn HousekeepingUseCases, backoff: &mut Backoff) -> Duration {
    match housekeeping.sweep().await {
        Ok(swept) => {
            for Swept { what, count } in &swept {
                counter!(measures::SWEPT, "what" => *what).increment(*count as u64);
            }
            let is_clean = swept.iter().all(|swept| swept.count == 0);
            backoff.worked(if is_clean { IDLE } else { BREATH })
        }
        Err(error) => backoff.failed(&error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Script, away};
    use reelmark_application::housekeeping::MockHousekeepingUseCases;
    use reelmark_application::ports::RepositoryError;

    async fn rounds(rounds: Vec<Result<usize, RepositoryError>>) -> Vec<u128> {
        let script = Script::new(rounds);
        let mut housekeeping = MockHousekeepingUseCases::new();
        let (stop, lines) = (script.end(), script.clone());
        housekeeping.expect_sweep().returning(move || {
            let clean = Swept { what: "nothing", count: 0 };
            lines.next().map(|count| vec![clean, Swept { what: "dust", count }])
        });
        run(Arc::new(housekeeping), stop).await;
        script.times()
    }

    #[tokio::test(start_paused = true)]
    async fn goes_on_after_a_breath_while_there_was_something_to_sweep() {
        let times = rounds(vec![Ok(1000), Ok(20), Ok(0), Ok(0)]).await;
        assert_eq!(times, [0, 100, 200, 300_200]);
    }

    #[tokio::test(start_paused = true)]
    async fn backs_off_while_the_store_is_down() {
        let times = rounds(vec![Err(away()), Err(away()), Ok(0)]).await;
        assert_eq!(times, [0, 100, 300]);
    }
}
