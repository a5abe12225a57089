//! What throttling tells its operators, by name.

use metrics::{describe_counter, describe_gauge};

pub(super) const LIMITED: &str = "reelmark_rate_limited_total";
pub(super) const FALLBACK_ANSWERS: &str = "reelmark_rate_limit_fallback_answers_total";
pub(super) const FALLBACK_IN_USE: &str = "reelmark_rate_limit_fallback_in_use";

/// Explains every metric to the recorder.
pub(super) fn describe() {
    describe_counter!(LIMITED, "Requests by policy and outcome: admitted or refused.");
    describe_counter!(
        FALLBACK_ANSWERS,
        "Decisions that each replica made by itself because the shared limiter failed."
    );
    describe_gauge!(FALLBACK_IN_USE, "1 while the shared limiter fails, 0 otherwise.");
}
