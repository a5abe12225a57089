use crate::ports::StoredRatings;

/// What the rows of a file came to. All but `warnings` add up to `read`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    pub read: u64,
    /// Like all others, in a trial: what would be.
    pub added: u64,
    pub changed: u64,
    /// What they say was stored before.
    pub unchanged: u64,
    /// They are right, and about something that isn't imported.
    pub skipped: u64,
    pub rejected: u64,
    /// They were taken, though not whole.
    pub warnings: u64,
}

impl ImportCounts {
    /// Whether anything was stored.
    pub fn has_changes(&self) -> bool {
        self.added > 0 || self.changed > 0
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.read += other.read;
        self.added += other.added;
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        self.skipped += other.skipped;
        self.rejected += other.rejected;
        self.warnings += other.warnings;
    }

    pub(super) fn add_stored(&mut self, stored: StoredRatings) {
        self.added += stored.added;
        self.changed += stored.changed;
        self.unchanged += stored.unchanged;
    }
}
