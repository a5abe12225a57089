use reelmark_domain::{CodePurpose, EmailAddress};
use thiserror::Error;

use crate::messages::MailRequestedV1;
use crate::ports::{Clock, Outbox, RepositoryError};
use crate::throttling::{Meter, Throttle, policies};

/// Why no mail will be sent.
#[derive(Debug, Error)]
pub enum RequestMailError {
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// Looks nothing up: whether there is such an account must show neither in the answer nor in the
/// time it takes. An address that gets too many mails is spared in silence, because what others have
/// asked for is nobody's business.
pub(super) async fn run(
    outbox: &dyn Outbox,
    clock: &dyn Clock,
    throttle: &Throttle,
    purpose: CodePurpose,
    email: EmailAddress,
) -> Result<(), RequestMailError> {
    let limit = policies::MAIL_ADDRESS.of(&email);
    if throttle.admit(&[limit], &Meter::default()).await.is_err() {
        return Ok(());
    }
    let message = MailRequestedV1 {
        purpose: purpose.as_str().to_owned(),
        user: None,
        email: Some(email.into()),
    };
    let payload = serde_json::to_string(&message)
        .map_err(|error| RepositoryError::Corrupt(Box::new(error)))?;
    Ok(outbox.append(MailRequestedV1::KIND.to_owned(), payload, clock.now()).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{Allowance, MockOutbox, MockRateLimiter};
    use crate::testing::{NOW, clock, email};
    use mockall::predicate::eq;
    use std::sync::Arc;
    use std::time::Duration;

    fn throttle(retry_after: Option<Duration>) -> Throttle {
        let mut limiter = MockRateLimiter::new();
        limiter
            .expect_admit()
            .withf(|demands| demands.len() == 1 && demands[0].key == "mail-address:ada@example.org")
            .once()
            .returning(move |_| {
                Ok(vec![Allowance { remaining: 0, reset: Duration::ZERO, retry_after }])
            });
        Throttle::new(Arc::new(limiter))
    }

    #[tokio::test]
    async fn puts_the_address_into_the_outbox_and_no_code() {
        let payload = r#"{"purpose":"password_reset","user":null,"email":"ada@example.org"}"#;
        let mut outbox = MockOutbox::new();
        outbox
            .expect_append()
            .with(eq("mail_requested.v1".to_owned()), eq(payload.to_owned()), eq(NOW))
            .once()
            .returning(|_, _, _| Ok(()));
        let throttle = throttle(None);
        run(&outbox, &clock(), &throttle, CodePurpose::PasswordReset, email()).await.unwrap();
    }

    #[tokio::test]
    async fn spares_an_address_that_got_too_many_mails_without_saying_so() {
        for purpose in [CodePurpose::PasswordReset, CodePurpose::Activation] {
            let throttle = throttle(Some(Duration::from_secs(1200)));
            run(&MockOutbox::new(), &clock(), &throttle, purpose, email()).await.unwrap();
        }
    }
}
