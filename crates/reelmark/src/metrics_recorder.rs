use std::time::Duration;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::runtime::Handle;

use crate::failure::{Failure, OrFail};

/// How often what was measured is put into its buckets when nobody asks for it.
const UPKEEP: Duration = Duration::from_secs(5);

/// From a cached read to the longest request.
const SECONDS: [f64; 14] =
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// From a quiet hour to the greatest batch.
const SIZES: [f64; 9] = [1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0];

/// Takes all that is measured in this process from now on; the handle writes it down.
pub fn install(io: &Handle) -> Result<PrometheusHandle, Failure> {
    const FAILED: &str = "could not start to measure";
    let recorder = builder().or_fail(FAILED)?.install_recorder();
    let handle = recorder.or_fail(FAILED)?;
    io.spawn(keep_up(handle.clone()));
    Ok(handle)
}

/// Histograms with fixed buckets can be added up over replicas, which quantiles can't.
fn builder() -> Result<PrometheusBuilder, metrics_exporter_prometheus::BuildError> {
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?
        .set_buckets_for_metric(Matcher::Suffix("_size".to_owned()), &SIZES)
}

async fn keep_up(handle: PrometheusHandle) {
    loop {
        tokio::time::sleep(UPKEEP).await;
        handle.run_upkeep();
    }
}
