use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use reelmark_application::ports::IdGenerator;
use reelmark_mail::Sender;
use reelmark_testkit::FixedClock;
use reelmark_testkit::builders::NOON;

/// Numbers, which differ well enough within one test.
#[derive(Default)]
struct Numbers(AtomicU32);

impl IdGenerator for Numbers {
    fn new_id(&self) -> String {
        self.0.fetch_add(1, Ordering::Relaxed).to_string()
    }
}

pub fn sender() -> Sender {
    let (clock, ids) = (Arc::new(FixedClock::at(NOON)), Arc::new(Numbers::default()));
    Sender::new("Reelmark <no-reply@reelmark.example>", clock, ids).unwrap()
}
