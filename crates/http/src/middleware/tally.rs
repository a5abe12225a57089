use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use actix_web::http::{Method, StatusCode};
use metrics::{Counter, Histogram};

use super::Pattern;

/// Counts requests by what they asked for and how it ended, for one worker thread. It keeps what it
/// counts with, because to look that up by its labels takes longer than to count.
#[derive(Clone, Default)]
pub(crate) struct Tally(Rc<RefCell<HashMap<Kind, Meters>>>);

type Kind = (Method, Pattern, StatusCode);

struct Meters {
    total: Counter,
    seconds: Histogram,
}

impl Tally {
    pub(super) fn count(
        &self,
        method: &Method,
        pattern: &Pattern,
        status: StatusCode,
        elapsed: Duration,
    ) {
        let mut known = self.0.borrow_mut();
        let kind = (method.clone(), pattern.clone(), status);
        let meters = known.entry(kind).or_insert_with_key(Meters::of);
        meters.total.increment(1);
        meters.seconds.record(elapsed);
    }
}

impl Meters {
    fn of((method, pattern, status): &Kind) -> Self {
        let (method, path) = (method.to_string(), pattern.as_str().to_owned());
        let labels = [("method", method), ("path", path), ("status", status.as_str().to_owned())];
        Self {
            total: metrics::counter!("reelmark_http_requests_total", &labels),
            seconds: metrics::histogram!("reelmark_http_request_seconds", &labels[..2]),
        }
    }
}
