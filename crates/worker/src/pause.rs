use std::time::Duration;

use tokio_util::sync::CancellationToken;

/// Waits for `duration`, or until told to stop. Without a duration it lets other tasks go first,
/// so that a loop that always finds work can't keep a thread for itself.
pub(crate) async fn pause(stop: &CancellationToken, duration: Duration) {
    if duration.is_zero() {
        tokio::task::yield_now().await;
    } else {
        stop.run_until_cancelled(tokio::time::sleep(duration)).await;
    }
}
