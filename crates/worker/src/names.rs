//! What the tasks of the worker are called, in logs, metrics and errors.

use reelmark_application::messages::Channel;

pub(crate) const DEAD_LETTER_MOVER: &str = "dead letter mover";
pub(crate) const HOUSEKEEPING: &str = "housekeeping";
pub(crate) const NEIGHBOUR_SCHEDULE: &str = "neighbour schedule";
pub(crate) const OBSERVER: &str = "observer";
pub(crate) const RESCORE_SCHEDULE: &str = "rescore schedule";

/// The task that moves messages of `channel` to its queue.
pub(crate) fn relay(channel: Channel) -> &'static str {
    match channel {
        Channel::Ratings => "rating relay",
        Channel::DatedRatings => "dated rating relay",
        Channel::Mail => "mail relay",
        Channel::Reports => "report relay",
        Channel::Imports => "import relay",
    }
}

/// The task that works on messages of `channel`.
pub(crate) fn consumer(channel: Channel) -> &'static str {
    match channel {
        Channel::Ratings => "summary consumer",
        Channel::DatedRatings => "dated summary consumer",
        Channel::Mail => "mail consumer",
        Channel::Reports => "report consumer",
        Channel::Imports => "import consumer",
    }
}
