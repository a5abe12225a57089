use reelmark_domain::Secret;
use thiserror::Error;

use crate::Origin;
use crate::audit::{AuditEvent, AuditKind, AuditRecorder};
use crate::ports::{AccountCodeRepository, Clock, RepositoryError, stored_user_id};

/// Why an account was not activated.
#[derive(Debug, Error)]
pub enum ActivateAccountError {
    /// Unknown, expired, used and replaced codes are not told apart.
    #[error("the code is no good")]
    InvalidCode,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    codes: &dyn AccountCodeRepository,
    clock: &dyn Clock,
    audit: &AuditRecorder,
    code: Secret,
    origin: Origin,
) -> Result<(), ActivateAccountError> {
    let owner = codes.activate(code.digest(), clock.now()).await?;
    let owner = stored_user_id(owner.ok_or(ActivateAccountError::InvalidCode)?)?;
    audit.record(AuditEvent::of(AuditKind::Activated).about_id(owner).from(&origin)).await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MockAccountCodeRepository;
    use crate::testing::{NOW, audit, clock, only_event, origin};
    use mockall::predicate::eq;

    #[tokio::test]
    async fn a_code_is_good_when_the_store_knows_its_digest() {
        let code = Secret::parse("code".into()).unwrap();
        for owner in [Some(7), None] {
            let mut codes = MockAccountCodeRepository::new();
            let digest = eq(code.digest());
            codes.expect_activate().with(digest, eq(NOW)).return_once(move |_, _| Ok(owner));
            let (audit, events) = audit();
            let done = run(&codes, &clock(), &audit, code.clone(), origin()).await;
            let is_invalid = matches!(done, Err(ActivateAccountError::InvalidCode));
            assert_eq!((done.is_ok(), is_invalid), (owner.is_some(), owner.is_none()));
            assert_eq!(events.lock().unwrap().len(), usize::from(owner.is_some()));
        }
    }

    #[tokio::test]
    async fn records_whose_address_was_confirmed_and_from_where() {
        let mut codes = MockAccountCodeRepository::new();
        codes.expect_activate().returning(|_, _| Ok(Some(7)));
        let (audit, events) = audit();
        let code = Secret::parse("code".into()).unwrap();
        run(&codes, &clock(), &audit, code, origin()).await.unwrap();
        let event = only_event(&events);
        assert_eq!((event.kind.as_str(), event.subject_user_id), ("activated", Some(7)));
        assert_eq!((event.actor_user_id, event.address.as_deref()), (None, Some("192.0.2.7")));
    }
}
