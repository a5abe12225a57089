use reelmark_domain::{CodePurpose, EmailAddress};
use thiserror::Error;

use crate::messages::MailRequestedV1;
use crate::ports::{Clock, Outbox, RepositoryError};

/// Why no mail will be sent.
#[derive(Debug, Error)]
pub enum RequestMailError {
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// Looks nothing up: whether there is such an account must show neither in the answer nor in the
/// time it takes.
pub(super) async fn run(
    outbox: &dyn Outbox,
    clock: &dyn Clock,
    purpose: CodePurpose,
    email: EmailAddress,
) -> Result<(), RequestMailError> {
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
    use crate::ports::MockOutbox;
    use crate::testing::{NOW, clock, email};
    use mockall::predicate::eq;

    #[tokio::test]
    async fn puts_the_address_into_the_outbox_and_no_code() {
        let payload = r#"{"purpose":"password_reset","user":null,"email":"ada@example.org"}"#;
        let mut outbox = MockOutbox::new();
        outbox
            .expect_append()
            .with(eq("mail_requested.v1".to_owned()), eq(payload.to_owned()), eq(NOW))
            .once()
            .returning(|_, _, _| Ok(()));
        run(&outbox, &clock(), CodePurpose::PasswordReset, email()).await.unwrap();
    }
}
