use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use reelmark_application::ports::{HealthProbe, ProbeError};
use tokio::time::timeout;

use crate::link::Link;

const ANSWERS_WITHIN: Duration = Duration::from_secs(1);

/// Asks whether the broker is there. The service can do without: messages wait in the outbox.
pub struct RabbitMqProbe {
    link: Arc<Link>,
}

impl RabbitMqProbe {
    pub(crate) fn new(link: Arc<Link>) -> Self {
        Self { link }
    }
}

#[async_trait]
impl HealthProbe for RabbitMqProbe {
    fn name(&self) -> &'static str {
        "queue"
    }

    fn is_required(&self) -> bool {
        false
    }

    async fn check(&self) -> Result<(), ProbeError> {
        let opened = timeout(ANSWERS_WITHIN, self.link.open()).await;
        match opened {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(failure)) => Err(ProbeError(Box::new(failure))),
            Err(elapsed) => Err(ProbeError(Box::new(elapsed))),
        }
    }
}
