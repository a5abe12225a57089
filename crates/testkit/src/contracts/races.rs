use std::pin::Pin;
use std::sync::Arc;

use tokio::sync::Barrier;
use tokio::task::JoinSet;

/// One of several calls of different kinds.
pub(super) type Call<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Starts all of `calls` at the same moment, each in its own task, and returns their results in
/// no particular order.
pub(super) async fn at_once<C>(calls: impl IntoIterator<Item = C>) -> Vec<C::Output>
where
    C: Future<Output: Send> + Send + 'static,
{
    let calls: Vec<C> = calls.into_iter().collect();
    let start = Arc::new(Barrier::new(calls.len()));
    let mut tasks = JoinSet::new();
    for call in calls {
        let start = start.clone();
        tasks.spawn(async move {
            start.wait().await;
            call.await
        });
    }
    tasks.join_all().await
}
