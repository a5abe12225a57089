use std::sync::OnceLock;

use tokio::sync::Semaphore;

use crate::ports::{RepositoryError, UserRecord};

type Found = Option<UserRecord>;

/// One look-up that all who ask for the same bearer meanwhile share.
pub(super) struct Flight {
    /// The one permit to ask. Closed once there is an answer, which wakes all who wait.
    lead: Semaphore,
    /// Nothing when the look-up failed.
    landing: OnceLock<Option<Found>>,
}

/// A bearer, and whether this caller looked it up for the others.
pub(super) struct Landed {
    pub found: Found,
    pub has_led: bool,
}

impl Flight {
    pub(super) fn new() -> Self {
        Self { lead: Semaphore::new(1), landing: OnceLock::new() }
    }

    /// The shared answer. A leader who goes away leaves the lead to the next in line; when the
    /// look-up fails, each of the others looks for itself, because in line they would fail one
    /// after another.
    pub(super) async fn board(
        &self,
        look: impl Future<Output = Result<Found, RepositoryError>>,
    ) -> Result<Landed, RepositoryError> {
        if let Ok(_lead) = self.lead.acquire().await {
            let found = look.await;
            let _ = self.landing.set(found.as_ref().ok().cloned());
            self.lead.close();
            return Ok(Landed { found: found?, has_led: true });
        }
        let found = match self.landing.get() {
            Some(Some(found)) => found.clone(),
            _ => look.await?,
        };
        Ok(Landed { found, has_led: false })
    }
}
