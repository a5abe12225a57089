use std::collections::HashMap;

use metrics::histogram;
use reelmark_application::messages::{RatingChangedV1, RatingChangedV2};
use reelmark_application::ports::{Delivery, Verdict};
use time::OffsetDateTime;

use crate::measures;

/// When the rating changes of a batch were committed, by receipt.
pub(crate) struct Commits(HashMap<u64, OffsetDateTime>);

impl Commits {
    pub(crate) fn of(deliveries: &[Delivery]) -> Self {
        let kinds = [RatingChangedV1::KIND, RatingChangedV2::KIND];
        let changes =
            deliveries.iter().filter(|delivery| kinds.contains(&delivery.message.kind.as_str()));
        Self(changes.map(|delivery| (delivery.receipt, delivery.message.created_at)).collect())
    }

    /// Records how far behind their commits those changes are that were counted just now. Clocks of
    /// two machines may differ, so that a change can seem to come from the future.
    pub(crate) fn measure(&self, verdicts: &[(u64, Verdict)], now: OffsetDateTime) {
        let lag = histogram!(measures::COMMIT_TO_SUMMARY);
        let counted = verdicts.iter().filter(|(_, v)| *v == Verdict::Done);
        for committed_at in counted.filter_map(|(receipt, _)| self.0.get(receipt)) {
            lag.record((now - *committed_at).as_seconds_f64().max(0.0));
        }
    }
}
