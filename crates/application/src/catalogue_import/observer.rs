use super::ImportCounts;
use crate::ports::{Cause, RowProblem};

/// Watches an import of one file.
pub trait ImportObserver: Send {
    /// A chunk is stored; so far the file has come to this.
    fn stored(&mut self, counts: &ImportCounts);

    /// A row was rejected, or taken without a part of it.
    ///
    /// # Errors
    /// Whatever keeps the problem from being written down, which ends the import.
    fn problem(&mut self, problem: &RowProblem) -> Result<(), Cause>;
}

#[cfg(test)]
#[derive(Default)]
pub(super) struct Noted {
    pub stored: Vec<ImportCounts>,
    pub problems: Vec<String>,
}

#[cfg(test)]
impl ImportObserver for Noted {
    fn stored(&mut self, counts: &ImportCounts) {
        self.stored.push(*counts);
    }

    fn problem(&mut self, problem: &RowProblem) -> Result<(), Cause> {
        self.problems.push(problem.to_string());
        Ok(())
    }
}
