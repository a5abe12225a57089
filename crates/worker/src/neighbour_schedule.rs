use std::sync::Arc;
use std::time::Duration;

use metrics::{gauge, histogram};
use reelmark_application::recommendation::{NeighbourUseCases, NewNeighbours, Refreshed};
use tokio_util::sync::CancellationToken;

use crate::backoff::Backoff;
use crate::pause::pause;
use crate::{measures, names};

/// How often is looked whether neighbours are to be computed. Whether they are is decided there.
const EVERY: Duration = Duration::from_secs(2);

/// Has the neighbours of movies computed when that is due, until told to stop. A computing under
/// way is left where it is, and begun anew by whoever comes when its claim has run out.
pub(crate) async fn run(neighbours: Arc<dyn NeighbourUseCases>, stop: CancellationToken) {
    let mut backoff = Backoff::new(names::NEIGHBOUR_SCHEDULE);
    while !stop.is_cancelled() {
        let refresh = refresh(&*neighbours, &mut backoff);
        let Some(wait) = stop.run_until_cancelled(refresh).await else { return };
        pause(&stop, wait).await;
    }
}

/// Looks once; returns how long to wait before the next time.
async fn refresh(neighbours: &dyn NeighbourUseCases, backoff: &mut Backoff) -> Duration {
    match neighbours.refresh_neighbours().await {
        Ok(refreshed) => {
            if let Refreshed::Done(new) = refreshed {
                tell(new);
            }
            backoff.worked(EVERY)
        }
        Err(error) => backoff.failed(&error),
    }
}

fn tell(NewNeighbours { ratings, movies, neighbours, took }: NewNeighbours) {
    histogram!(measures::NEIGHBOURS_COMPUTING).record(took.as_seconds_f64());
    gauge!(measures::NEIGHBOURS).set(neighbours as f64);
    gauge!(measures::NEIGHBOUR_MOVIES).set(movies as f64);
    gauge!(measures::NEIGHBOUR_RATINGS).set(ratings as f64);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Script, away};
    use async_trait::async_trait;
    use metrics_exporter_prometheus::PrometheusBuilder;
    use reelmark_application::recommendation::{MockNeighbourUseCases, RefreshError};
    use std::future::pending;

    const NEW: NewNeighbours = NewNeighbours {
        ratings: 100,
        movies: 7,
        neighbours: 42,
        took: time::Duration::milliseconds(1500),
    };

    async fn rounds(rounds: Vec<Result<Refreshed, RefreshError>>) -> Vec<u128> {
        let script = Script::new(rounds);
        let mut neighbours = MockNeighbourUseCases::new();
        let (stop, lines) = (script.end(), script.clone());
        neighbours.expect_refresh_neighbours().returning(move || lines.next());
        run(Arc::new(neighbours), stop).await;
        script.times()
    }

    #[tokio::test(start_paused = true)]
    async fn looks_every_two_seconds() {
        let times =
            rounds(vec![Ok(Refreshed::NotDue), Ok(Refreshed::Done(NEW)), Ok(Refreshed::Busy)]);
        assert_eq!(times.await, [0, 2000, 4000]);
    }

    #[tokio::test(start_paused = true)]
    async fn backs_off_while_the_store_is_down() {
        let failed = || Err(RefreshError::from(away()));
        let times = rounds(vec![failed(), failed(), Ok(Refreshed::NotDue)]).await;
        assert_eq!(times, [0, 100, 300]);
    }

    #[tokio::test(start_paused = true)]
    async fn stops_in_the_middle_of_computing() {
        struct Endless;
        #[async_trait]
        impl NeighbourUseCases for Endless {
            async fn refresh_neighbours(&self) -> Result<Refreshed, RefreshError> {
                pending().await
            }
        }
        let stop = CancellationToken::new();
        let running = tokio::spawn(run(Arc::new(Endless), stop.clone()));
        tokio::task::yield_now().await;
        stop.cancel();
        running.await.unwrap();
    }

    #[test]
    fn tells_how_long_it_took_and_what_came_of_it() {
        let recorder = PrometheusBuilder::new().build_recorder();
        metrics::with_local_recorder(&recorder, || tell(NEW));
        let told = recorder.handle().render();
        for line in ["reelmark_neighbours 42", "reelmark_neighbours_movies 7"] {
            assert!(told.contains(line), "{told}");
        }
        assert!(told.contains("reelmark_neighbours_computing_seconds_sum 1.5"), "{told}");
    }
}
