use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

/// Whether Redis may be asked. Open after a failure, until whoever mends it has made up for all
/// failures, those included that happened while they were at it.
#[derive(Debug, Default)]
pub(crate) struct Circuit {
    failures: AtomicU64,
    /// So many of the failures have been made up for.
    mended: AtomicU64,
    answers: AtomicU64,
}

impl Circuit {
    pub(crate) fn is_open(&self) -> bool {
        self.mended.load(SeqCst) != self.failures.load(SeqCst)
    }

    /// Counts a failure, and says whether it is the one that opened the circuit. Between the last
    /// step of a repair and the next failure both may say so: two repairs at once do no harm.
    pub(crate) fn fail(&self) -> bool {
        let before = self.failures.fetch_add(1, SeqCst);
        self.mended.load(SeqCst) == before
    }

    /// How many failures there are to make up for.
    pub(crate) fn failures(&self) -> u64 {
        self.failures.load(SeqCst)
    }

    /// Notes that the first `failures` have been made up for, and says whether those were all.
    pub(crate) fn mend(&self, failures: u64) -> bool {
        self.mended.fetch_max(failures, SeqCst);
        !self.is_open()
    }

    pub(crate) fn note_answer(&self) {
        self.answers.fetch_add(1, SeqCst);
    }

    /// How many answers came so far. While it grows, Redis is slow rather than gone.
    pub(crate) fn answers(&self) -> u64 {
        self.answers.load(SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_failure_opens_it() {
        let circuit = Circuit::default();
        assert!(!circuit.is_open());

        assert!(circuit.fail());
        assert!(!circuit.fail());

        assert!(circuit.is_open());
    }

    #[test]
    fn stays_open_until_all_failures_are_made_up_for() {
        let circuit = Circuit::default();
        circuit.fail();
        let seen = circuit.failures();
        circuit.fail();

        assert!(!circuit.mend(seen));
        assert!(circuit.is_open());

        assert!(circuit.mend(circuit.failures()));
        assert!(!circuit.is_open());
        assert!(circuit.fail());
    }

    #[test]
    fn a_slow_repair_does_not_undo_a_newer_one() {
        let circuit = Circuit::default();
        circuit.fail();
        let old = circuit.failures();
        circuit.fail();

        assert!(circuit.mend(circuit.failures()));

        assert!(circuit.mend(old));
    }
}
