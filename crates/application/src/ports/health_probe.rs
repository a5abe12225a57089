use async_trait::async_trait;
use thiserror::Error;

use super::Cause;

/// The probed part doesn't answer.
#[derive(Debug, Error)]
#[error("the probe failed")]
pub struct ProbeError(#[source] pub Cause);

/// Asks one dependency whether it can do its work now.
///
/// Adapters MUST answer within two seconds.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait HealthProbe: Send + Sync {
    /// What is probed, in one word, such as `store`.
    fn name(&self) -> &'static str;

    /// Whether the service can't work without it.
    fn is_required(&self) -> bool;

    /// Asks.
    async fn check(&self) -> Result<(), ProbeError>;
}
