//! Whether the service can do its work.

use std::sync::Arc;

use async_trait::async_trait;
use futures_util::future::join_all;

use crate::ports::HealthProbe;

/// How one dependency is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DependencyHealth {
    pub name: &'static str,
    pub is_required: bool,
    pub is_up: bool,
}

/// How the service is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readiness {
    pub dependencies: Vec<DependencyHealth>,
}

impl Readiness {
    /// Whether every dependency the service can't work without is up.
    pub fn is_ready(&self) -> bool {
        self.dependencies.iter().all(|dependency| dependency.is_up || !dependency.is_required)
    }
}

/// What can be asked about the service itself.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait HealthUseCases: Send + Sync {
    /// Asks every dependency at once.
    async fn check_readiness(&self) -> Readiness;
}

/// Asks the probes of all dependencies.
pub struct HealthService {
    probes: Vec<Arc<dyn HealthProbe>>,
}

impl HealthService {
    pub fn new(probes: Vec<Arc<dyn HealthProbe>>) -> Self {
        Self { probes }
    }
}

#[async_trait]
impl HealthUseCases for HealthService {
    async fn check_readiness(&self) -> Readiness {
        let checks = self.probes.iter().map(|probe| check(&**probe));
        Readiness { dependencies: join_all(checks).await }
    }
}

async fn check(probe: &dyn HealthProbe) -> DependencyHealth {
    let failure = probe.check().await.err();
    let is_up = failure.is_none();
    if let Some(error) = failure {
        log::warn!(dependency = probe.name(), error:err = error; "a dependency is down");
    }
    DependencyHealth { name: probe.name(), is_required: probe.is_required(), is_up }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockHealthProbe, ProbeError};

    fn probe(name: &'static str, is_required: bool, is_up: bool) -> Arc<dyn HealthProbe> {
        let mut probe = MockHealthProbe::new();
        probe.expect_name().return_const(name);
        probe.expect_is_required().return_const(is_required);
        probe.expect_check().returning(
            move || {
                if is_up { Ok(()) } else { Err(ProbeError("down".into())) }
            },
        );
        Arc::new(probe)
    }

    #[tokio::test]
    async fn is_ready_without_an_optional_dependency() {
        let service =
            HealthService::new(vec![probe("store", true, true), probe("cache", false, false)]);
        let readiness = service.check_readiness().await;
        assert!(readiness.is_ready());
        assert!(readiness.dependencies.iter().any(|d| d.name == "cache" && !d.is_up));
    }

    #[tokio::test]
    async fn is_not_ready_without_a_required_dependency() {
        let service =
            HealthService::new(vec![probe("store", true, false), probe("cache", false, true)]);
        assert!(!service.check_readiness().await.is_ready());
    }
}
