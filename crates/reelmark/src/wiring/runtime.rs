use tokio::runtime::{Builder, Runtime};

use crate::failure::{Failure, OrFail};

/// The runtime that drives connections and the worker. Each HTTP worker has a runtime of its own,
/// with one thread; a connection opened there would stall whenever that thread is busy.
///
/// # Errors
/// [`Failure`] when the system gives no threads.
pub fn io_runtime() -> Result<Runtime, Failure> {
    Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("io")
        .enable_all()
        .build()
        .or_fail("could not start threads")
}
