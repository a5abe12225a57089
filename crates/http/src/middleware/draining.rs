use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether this replica is about to stop. From then on it says it is not ready and asks every
/// client to connect anew, while it still answers everything it is asked.
#[derive(Clone, Debug, Default)]
pub struct Draining(Arc<AtomicBool>);

impl Draining {
    /// Starts to drain.
    pub fn begin(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Whether draining has begun.
    pub fn is_draining(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Api, exchange};

    #[actix_web::test]
    async fn connections_are_answered_and_closed() {
        let api = Api::new();
        api.draining.begin();
        let answer = exchange(api, "GET /health/live HTTP/1.1\r\nhost: test\r\n\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        assert!(answer.contains("connection: close\r\n"), "{answer}");
    }
}
