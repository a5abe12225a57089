//! What the worker tells its operators, by name.

use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};

pub(crate) const RELAYED: &str = "reelmark_outbox_relayed_total";
pub(crate) const BURIED: &str = "reelmark_messages_buried_total";
pub(crate) const SETTLED: &str = "reelmark_deliveries_settled_total";
pub(crate) const BATCH_SIZE: &str = "reelmark_consumer_batch_size";
pub(crate) const COMMIT_TO_SUMMARY: &str = "reelmark_commit_to_summary_seconds";
pub(crate) const OUTBOX_DEPTH: &str = "reelmark_outbox_depth";
pub(crate) const OUTBOX_AGE: &str = "reelmark_outbox_oldest_age_seconds";
pub(crate) const QUEUE_DEPTH: &str = "reelmark_queue_depth";
pub(crate) const DEAD_LETTERS: &str = "reelmark_dead_letters";
pub(crate) const DRIFT: &str = "reelmark_summary_drift_movies";
pub(crate) const RESCORED: &str = "reelmark_summaries_rescored_total";
pub(crate) const SWEPT: &str = "reelmark_rows_swept_total";
pub(crate) const NEIGHBOURS: &str = "reelmark_neighbours";
pub(crate) const NEIGHBOUR_MOVIES: &str = "reelmark_neighbours_movies";
pub(crate) const NEIGHBOUR_RATINGS: &str = "reelmark_neighbours_ratings";
pub(crate) const NEIGHBOURS_COMPUTING: &str = "reelmark_neighbours_computing_seconds";
pub(crate) const FAILURES: &str = "reelmark_background_failures_total";

/// Explains every metric to the recorder.
pub(crate) fn describe() {
    describe_gauge!(OUTBOX_DEPTH, "Messages that no queue has taken over yet.");
    describe_gauge!(OUTBOX_AGE, Unit::Seconds, "How long the oldest of them has waited.");
    describe_gauge!(QUEUE_DEPTH, "Messages that wait in the queue of a channel, about.");
    describe_gauge!(DEAD_LETTERS, "Messages given up, until somebody decides about them.");
    describe_gauge!(DRIFT, "Summaries of a sample that are not what their ratings add up to.");
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
    describe_gauge!(NEIGHBOURS, "Neighbours that were stored when they were last computed here.");
    describe_gauge!(NEIGHBOUR_MOVIES, "Movies that had any then.");
    describe_gauge!(NEIGHBOUR_RATINGS, "Ratings that they were computed from.");
    describe_histogram!(
        NEIGHBOURS_COMPUTING,
        Unit::Seconds,
        "Time it took to compute and store which movies are alike."
    );
    describe_counter!(
        FAILURES,
        "Failed rounds by background task; the task waits and tries again."
    );
}
