//! What the worker tells its operators, by name.

use metrics::{Unit, describe_counter, describe_histogram};

pub(crate) const RELAYED: &str = "reelmark_outbox_relayed_total";
pub(crate) const BURIED: &str = "reelmark_messages_buried_total";
pub(crate) const SETTLED: &str = "reelmark_deliveries_settled_total";
pub(crate) const BATCH_SIZE: &str = "reelmark_consumer_batch_size";
pub(crate) const COMMIT_TO_SUMMARY: &str = "reelmark_commit_to_summary_seconds";
pub(crate) const RESCORED: &str = "reelmark_summaries_rescored_total";
pub(crate) const SWEPT: &str = "reelmark_rows_swept_total";
pub(crate) const FAILURES: &str = "reelmark_background_failures_total";

/// Explains every metric to the recorder.
pub(crate) fn describe() {
    describe_counter!(RELAYED, "Messages that the queue has taken over from the outbox.");
    describe_counter!(
        BURIED,
        "Messages put to the dead letters because nobody could process them."
    );
    describe_counter!(
        SETTLED,
        "Deliveries by channel and by what became of them: done, retry, postpone or refuse."
    );
    describe_histogram!(
        BATCH_SIZE,
        Unit::Count,
        "How many messages were worked on together, by channel."
    );
    describe_histogram!(
        COMMIT_TO_SUMMARY,
        Unit::Seconds,
        "Time from a rating's commit until its summary had counted it."
    );
    describe_counter!(
        RESCORED,
        "Summaries whose weighted score was brought to the catalogue's mean."
    );
    describe_counter!(SWEPT, "Rows that housekeeping has removed, by kind.");
    describe_counter!(
        FAILURES,
        "Failed rounds by background task; the task waits and tries again."
    );
}
