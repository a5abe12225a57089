use time::OffsetDateTime;

/// Tells the time, in UTC, with microseconds: the precision that every store keeps.
///
/// Adapters MUST cut off what is finer, so that a time read back equals the time written.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait Clock: Send + Sync {
    /// The current time.
    fn now(&self) -> OffsetDateTime;
}
