//! Doing things at the same moment.

use std::panic::resume_unwind;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Calls `act` with 0 to `count`, each on a thread of its own, all at once; the results in order.
pub fn at_once<T: Send>(count: usize, act: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let start = Barrier::new(count);
    let (start, act) = (&start, &act);
    thread::scope(|scope| {
        let racers = (0..count).map(|number| {
            scope.spawn(move || {
                start.wait();
                act(number)
            })
        });
        let racers: Vec<_> = racers.collect();
        let join = |racer: thread::ScopedJoinHandle<'_, T>| {
            racer.join().unwrap_or_else(|panic| resume_unwind(panic))
        };
        racers.into_iter().map(join).collect()
    })
}

/// Raises a flag when it is dropped, so that threads that wait for the flag end even when the one
/// that should raise it panics.
pub struct RaisedAtLast<'a>(pub &'a AtomicBool);

impl Drop for RaisedAtLast<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
