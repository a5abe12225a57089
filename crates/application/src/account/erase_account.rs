use reelmark_domain::{Caller, PlainPassword};
use thiserror::Error;

use super::AccountPorts;
use super::own_password::{Unproven, prove};
use crate::audit::{AuditEvent, AuditKind};
use crate::caching::invalidate;
use crate::messages::{Message, MovieChangedV1};
use crate::ports::{
    EraseAccount as EraseAccountRecord, ErasureOutcome, PasswordHasherError, RepositoryError,
};

/// Somebody leaves.
#[derive(Clone, Debug)]
pub struct EraseAccount {
    pub caller: Caller,
    /// `None` when what they typed can't be any account's password.
    pub password: Option<PlainPassword>,
}

/// Why the account is still there.
#[derive(Debug, Error)]
pub enum EraseAccountError {
    /// It was erased a moment ago.
    #[error("the account no longer exists")]
    AccountGone,
    #[error("the password is wrong")]
    WrongPassword,
    /// Nobody could give out roles any more.
    #[error("no other active account is an admin")]
    LastAdmin,
    #[error(transparent)]
    Hasher(#[from] PasswordHasherError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// The event that it is gone has ids alone: the trail has just forgotten its name and addresses.
pub(super) async fn run(
    ports: &AccountPorts,
    command: EraseAccount,
) -> Result<(), EraseAccountError> {
    let password = command.password.ok_or(EraseAccountError::WrongPassword)?;
    prove(&*ports.users, &*ports.hasher, &command.caller, password).await?;
    let user_id = command.caller.user_id.get();
    let account = EraseAccountRecord { user_id, at: ports.clock.now() };
    match ports.accounts.erase(account).await? {
        ErasureOutcome::Erased { movies } => {
            for movie in movies {
                let changed = Message::MovieChanged(MovieChangedV1 { movie });
                invalidate(&*ports.cache, &changed).await;
            }
            let user_id = command.caller.user_id;
            let event = AuditEvent::of(AuditKind::AccountDeleted).by(user_id).about_id(user_id);
            ports.audit.record(event).await;
            Ok(())
        }
        ErasureOutcome::LastAdmin => Err(EraseAccountError::LastAdmin),
        ErasureOutcome::NotFound => Err(EraseAccountError::AccountGone),
    }
}

impl From<Unproven> for EraseAccountError {
    fn from(unproven: Unproven) -> Self {
        match unproven {
            Unproven::AccountGone => Self::AccountGone,
            Unproven::WrongPassword => Self::WrongPassword,
            Unproven::Hasher(error) => Self::Hasher(error),
            Unproven::Store(error) => Self::Store(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::AuditRecorder;
    use crate::ports::{
        MockAccountCodeRepository, MockAccountRepository, MockCache, MockExportFiles,
        MockExportReader, MockOutbox, MockPasswordHasher, MockSessionReader, MockTableWriter,
    };
    use crate::testing::{audit, caller, clock, known_user, only_event, password};
    use crate::throttling::Throttle;
    use reelmark_domain::Role;
    use std::sync::Arc;

    fn command() -> EraseAccount {
        EraseAccount { caller: caller(Role::Member), password: Some(password()) }
    }

    /// A caller who gives the right password or not, whose account is erased with this outcome.
    fn ports(audit: AuditRecorder, is_right: bool, outcome: ErasureOutcome) -> AccountPorts {
        let mut accounts = MockAccountRepository::new();
        accounts.expect_erase().returning(move |_| Ok(outcome.clone()));
        let mut hasher = MockPasswordHasher::new();
        hasher.expect_verify().returning(move |_, _| Ok(is_right));
        AccountPorts {
            accounts: Arc::new(accounts),
            codes: Arc::new(MockAccountCodeRepository::new()),
            users: Arc::new(known_user()),
            sessions: Arc::new(MockSessionReader::new()),
            exports: Arc::new(MockExportReader::new()),
            export_files: Arc::new(MockExportFiles::new()),
            outbox: Arc::new(MockOutbox::new()),
            hasher: Arc::new(hasher),
            cache: Arc::new(MockCache::new()),
            tables: Arc::new(MockTableWriter::new()),
            audit: Arc::new(audit),
            clock: Arc::new(clock()),
            throttle: Throttle::off(),
        }
    }

    #[tokio::test]
    async fn records_that_an_account_is_gone_by_its_id_alone() {
        let (audit, events) = audit();
        let ports = ports(audit, true, ErasureOutcome::Erased { movies: vec![] });
        run(&ports, command()).await.unwrap();
        let event = only_event(&events);
        assert_eq!(event.kind, "account_deleted");
        assert_eq!((event.actor_user_id, event.subject_user_id), (Some(7), Some(7)));
        assert_eq!((event.subject_name, event.address, event.detail), (None, None, None));
    }

    #[tokio::test]
    async fn records_nothing_of_an_account_that_stays() {
        for (is_right, outcome) in [
            (false, ErasureOutcome::Erased { movies: vec![] }),
            (true, ErasureOutcome::LastAdmin),
            (true, ErasureOutcome::NotFound),
        ] {
            let (audit, events) = audit();
            assert!(run(&ports(audit, is_right, outcome), command()).await.is_err());
            assert!(events.lock().unwrap().is_empty());
        }
    }
}
