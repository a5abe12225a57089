use crate::ports::{DeadLetterRecord, DeadLetters, RepositoryError};

/// How many letters one page holds.
pub const DEAD_LETTERS_AT_ONCE: usize = 500;

pub(super) async fn run(
    letters: &dyn DeadLetters,
    after: Option<i64>,
) -> Result<Vec<DeadLetterRecord>, RepositoryError> {
    letters.list(after, DEAD_LETTERS_AT_ONCE).await
}
